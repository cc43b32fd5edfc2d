import type { Database } from "../../database.ts";
import { isBigint } from "../../queries/values.ts";
import type { EditOptions, EditResult, Problem, Proposal, Queryable } from "../../types.ts";
import { invalid } from "../checks.ts";
import { problem, shown } from "../problem.ts";
import { runEdit, type Written } from "../runEdit.ts";
import { MOST_PROPOSALS } from "./checkProposals.ts";
import { findProposalsByIds } from "./findProposals.ts";
import { PROPOSAL_COLUMNS, reviveProposals } from "./proposalColumns.ts";

const LOCK = `select ${PROPOSAL_COLUMNS} from proposal p where id = any($1::bigint[]) order by id for update of p`;
const LEAVE = `delete from proposal_support where proposal_id = any($1::bigint[]) and actor = $2`;
// Whom the first proposer leaves it to is the next supporter.
const MOVE_ON = `
  update proposal p set revision = revision + 1,
      status = case when next.actor is null then 'WITHDRAWN' else status end,
      proposed_by = coalesce(next.actor, proposed_by),
      reviewed_by = case when next.actor is null then $2 end,
      reviewed_at = case when next.actor is null then clock_timestamp() end
    from unnest($1::bigint[]) as left_by(id)
    left join lateral (select actor from proposal_support s where s.proposal_id = left_by.id order by at, actor limit 1) next
      on true
   where p.id = left_by.id`;

/** Takes the actor's support of pending proposals back; one that nobody supports any more is withdrawn. */
export function withdrawProposals(
  db: Database,
  ids: readonly string[],
  options: EditOptions,
): Promise<EditResult<readonly Proposal[]>> {
  return runEdit<readonly Proposal[]>(db, options, {
    kind: "withdraw_proposals",
    input: ids,
    besideGraph: true,
    check: () => checkIds(ids),
    revive: reviveProposals,
    write: (tx) => write(tx, ids, options.actor),
  });
}

async function write(
  tx: Queryable,
  ids: readonly string[],
  actor: string,
): Promise<Written<readonly Proposal[]>> {
  const locked = await tx.query<Proposal>(LOCK, [ids]);
  const proposals = new Map(locked.map((proposal) => [proposal.id, proposal]));
  const problems = ids.flatMap((id, i) => refuse(proposals.get(id), { id, actor, path: `ids.${i}` }));
  if (problems.length > 0) return { problems };
  await tx.query(LEAVE, [ids, actor]);
  await tx.query(MOVE_ON, [ids, actor]);
  return { value: await findProposalsByIds(tx, ids) };
}

function checkIds(ids: readonly string[]): Problem[] {
  if (ids.length === 0 || ids.length > MOST_PROPOSALS)
    return invalid("ids", ids, `1 to ${MOST_PROPOSALS} ids`);
  return ids.flatMap((id, i) => [
    ...(isBigint(id) ? [] : invalid(`ids.${i}`, id, "the id of a proposal")),
    ...(ids.indexOf(id) === i ? [] : invalid(`ids.${i}`, id, "each proposal once")),
  ]);
}

/** A proposal of others counts as unknown: who may not review sees their own alone. */
function refuse(
  proposal: Proposal | undefined,
  { id, actor, path }: { readonly id: string; readonly actor: string; readonly path: string },
): Problem[] {
  if (!proposal?.supporters.includes(actor)) {
    return [
      problem("UNKNOWN_PROPOSAL", path, `id is ${shown(id)}; expected the id of a proposal of ${actor}`),
    ];
  }
  if (proposal.status === "PENDING") return [];
  const message = `proposal ${id} is ${proposal.status} already; expected one that is pending`;
  return [problem("PROPOSAL_CLOSED", path, message)];
}
