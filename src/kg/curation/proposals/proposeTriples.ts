import type { Database } from "../../database.ts";
import type { EditOptions, EditResult, NewProposals, Proposal, Queryable } from "../../types.ts";
import { digestOf } from "../idempotency.ts";
import { runEdit, type Written } from "../runEdit.ts";
import { checkProposals } from "./checkProposals.ts";
import { findProposalsByIds } from "./findProposals.ts";
import { type PlacedTriple, placeTriples } from "./placeTriples.ts";
import { reviveProposals } from "./proposalColumns.ts";

// Sorted, so that two calls that share statements wait for one another instead of deadlocking. What an identical
// pending proposal gains counts as an edit of it, so that no reviewer accepts what they have not seen.
const INSERT = `
  insert into proposal as p (head, relation, tail, statement, head_entity, tail_entity, confidence, qualifiers,
                             sources, valid_from, valid_to, method, span, reason, proposed_by)
    select r.head, r.relation, r.tail, r.statement, r."headEntity", r."tailEntity", r.confidence, r.qualifiers,
           r.sources, r."validFrom", r."validTo", r.method, r.span, $2, $3
      from jsonb_to_recordset($1::jsonb) as r(
        head text, relation text, tail text, statement text, "headEntity" jsonb, "tailEntity" jsonb, confidence real,
        qualifiers jsonb, sources jsonb, "validFrom" timestamptz, "validTo" timestamptz, method text, span jsonb)
     order by r.statement
  on conflict (statement) where status = 'PENDING' do update set
    confidence = greatest(p.confidence, excluded.confidence),
    sources = (select coalesce(jsonb_agg(distinct source), '[]')
                 from jsonb_array_elements(p.sources || excluded.sources) source),
    span = coalesce(p.span, excluded.span),
    revision = p.revision + case when
      p.confidence >= excluded.confidence and p.sources @> excluded.sources
      and exists (select from proposal_support s where s.proposal_id = p.id and s.actor = excluded.proposed_by)
      then 0 else 1 end
  returning p.id, p.statement`; // index proposal_pending
const SUPPORT = `
  insert into proposal_support (proposal_id, actor, reason) select id, $2, $3 from unnest($1::bigint[]) id
  on conflict do nothing`;

/**
 * Proposes triples, with the entities they need. The graph stays as it is: a curator reviews them. An identical
 * proposal that is pending gains the actor as a supporter, the higher confidence, and the sources.
 */
export function proposeTriples(
  db: Database,
  input: NewProposals,
  options: EditOptions,
): Promise<EditResult<readonly Proposal[]>> {
  return runEdit<readonly Proposal[]>(db, options, {
    kind: "propose_triples",
    input,
    besideGraph: true,
    check: () => checkProposals(input),
    revive: reviveProposals,
    write: (tx) => write(tx, input, options),
  });
}

async function write(
  tx: Queryable,
  input: NewProposals,
  { actor, reason }: EditOptions,
): Promise<Written<readonly Proposal[]>> {
  const placed = await placeTriples(tx, input);
  if ("problems" in placed) return placed;
  const statements = placed.value.map(statementOf);
  const rows = new Map(placed.value.map((triple, i) => [statements[i], rowOf(triple, statements[i])]));
  const inserted = await tx.query<{ id: string; statement: string }>(INSERT, [
    JSON.stringify([...rows.values()]),
    reason ?? null,
    actor,
  ]);
  const ids = new Map(inserted.map(({ id, statement }) => [statement, id]));
  await tx.query(SUPPORT, [[...ids.values()], actor, reason ?? null]);
  return {
    value: await findProposalsByIds(
      tx,
      [...new Set(statements)].map((one) => ids.get(one) as string),
    ),
  };
}

/** Digest of what a proposal states: equal for identical ones. */
function statementOf({ head, relation, tail }: PlacedTriple): string {
  return digestOf([head, relation, tail]);
}

function rowOf({ triple, ...placed }: PlacedTriple, statement: string) {
  return {
    ...placed,
    statement,
    confidence: Math.fround(triple.confidence ?? 1),
    qualifiers: triple.qualifiers ?? {},
    sources: triple.sources ?? [],
    validFrom: triple.validFrom ?? null,
    validTo: triple.validTo ?? null,
    method: triple.method ?? "MANUAL",
    span: triple.span ?? null,
  };
}
