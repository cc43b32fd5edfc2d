import type { Database } from "../../database.ts";
import { isBigint } from "../../queries/values.ts";
import type {
  EditOptions,
  EditResult,
  Problem,
  Proposal,
  ProposalDecision,
  Queryable,
  TripleId,
} from "../../types.ts";
import { checkText, invalid } from "../checks.ts";
import { problem, shown } from "../problem.ts";
import { runEdit, type Written } from "../runEdit.ts";
import { acceptProposal } from "./acceptProposal.ts";
import { MOST_PROPOSALS, under } from "./checkProposals.ts";
import { findProposalsByIds } from "./findProposals.ts";
import { PROPOSAL_COLUMNS, reviveProposals } from "./proposalColumns.ts";

const LONGEST_NOTE = 10_000;

// Locked in the order of ids, so that two reviews that share proposals wait for one another.
const LOCK = `select ${PROPOSAL_COLUMNS} from proposal p where id = any($1::bigint[]) order by id for update of p`;
const CLOSE = `
  update proposal p set
      status = d.status, note = d.note, triple_id = d.triple_id, reviewed_by = $5, reviewed_at = clock_timestamp(),
      change_revision = case when d.status = 'ACCEPTED' then current_change() end, revision = p.revision + 1
    from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[]) as d(id, status, note, triple_id)
   where p.id = d.id`;

/**
 * Accepts and rejects proposals: all that are accepted become one change of the reviewer's, which can be reverted
 * as any. One that does not fit the graph, or that the reviewer supports, keeps all of them from being written.
 */
export function reviewProposals(
  db: Database,
  decisions: readonly ProposalDecision[],
  options: EditOptions,
): Promise<EditResult<readonly Proposal[]>> {
  const accepts = decisions.some(({ decision }) => decision === "ACCEPT");
  return runEdit<readonly Proposal[]>(db, options, {
    kind: accepts ? "accept_proposals" : "reject_proposals",
    input: decisions,
    besideGraph: !accepts,
    check: () => checkDecisions(decisions),
    revive: reviveProposals,
    write: (tx) => write(tx, decisions, options.actor),
  });
}

async function write(
  tx: Queryable,
  decisions: readonly ProposalDecision[],
  actor: string,
): Promise<Written<readonly Proposal[]>> {
  const ids = decisions.map(({ id }) => id);
  const locked = await tx.query<Proposal>(LOCK, [ids]);
  const proposals = new Map(locked.map((proposal) => [proposal.id, proposal]));
  const closed = decisions.flatMap((decision, i) =>
    under(`decisions.${i}`, refuse(decision, proposals.get(decision.id), actor)),
  );
  if (closed.length > 0) return { problems: closed };
  const triples: (TripleId | null)[] = [];
  const problems: Problem[] = [];
  for (const [i, { id, decision }] of decisions.entries()) {
    const written =
      decision === "ACCEPT" ? await acceptProposal(tx, proposals.get(id) as Proposal, actor) : null;
    if (written && "problems" in written) problems.push(...under(`decisions.${i}`, written.problems));
    triples.push(written && "value" in written ? written.value.id : null);
  }
  if (problems.length > 0) return { problems };
  await tx.query(CLOSE, [
    ids,
    decisions.map(({ decision }) => (decision === "ACCEPT" ? "ACCEPTED" : "REJECTED")),
    decisions.map(({ note }) => note ?? null),
    triples,
    actor,
  ]);
  return { value: await findProposalsByIds(tx, ids) };
}

function checkDecisions(decisions: readonly ProposalDecision[]): Problem[] {
  if (decisions.length === 0 || decisions.length > MOST_PROPOSALS) {
    return invalid("decisions", decisions, `1 to ${MOST_PROPOSALS} decisions`);
  }
  const ids = decisions.map(({ id }) => id);
  return decisions.flatMap(({ id, note }, i) => [
    ...(isBigint(id) ? [] : invalid(`decisions.${i}.id`, id, "the id of a proposal")),
    ...(ids.indexOf(id) === i ? [] : invalid(`decisions.${i}.id`, id, "each proposal once")),
    ...(note == null ? [] : checkText(note, `decisions.${i}.note`, LONGEST_NOTE)),
  ]);
}

/** Why the decision cannot be taken, whatever the graph says. */
function refuse(
  { id, decision, expectedRevision }: ProposalDecision,
  proposal: Proposal | undefined,
  actor: string,
): Problem[] {
  if (!proposal) {
    return [problem("UNKNOWN_PROPOSAL", "id", `id is ${shown(id)}; expected the id of a proposal`)];
  }
  const { status, revision, supporters, reviewedBy } = proposal;
  if (status !== "PENDING") {
    const message = `proposal ${id} is ${status} already, by ${reviewedBy}; expected one that is pending`;
    return [problem("PROPOSAL_CLOSED", "id", message)];
  }
  if (expectedRevision != null && expectedRevision !== revision) {
    const message = `proposal ${id} has revision ${revision}; expected ${expectedRevision}: read it again`;
    return [problem("REVISION_CONFLICT", "expectedRevision", message)];
  }
  if (decision === "ACCEPT" && supporters.includes(actor)) {
    const message = `${shown(actor)} supports proposal ${id}; expected a reviewer who does not`;
    return [problem("OWN_PROPOSAL", "decision", message)];
  }
  return [];
}
