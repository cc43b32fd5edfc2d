import type { Database } from "../../database.ts";
import { findEntitiesByKeys } from "../../queries/findEntitiesByKeys.ts";
import { findOpenRows } from "../../queries/findOpenRows.ts";
import { findRelationsByKeys } from "../../queries/findRelationsByKeys.ts";
import { readTriple, TRIPLE_COLUMNS } from "../../tables/triple.ts";
import type { ChangeRow, Problem, Proposal, ProposalAssessment, Queryable, Triple } from "../../types.ts";
import { REHEARSER, rehearse } from "../rehearse.ts";
import { acceptProposal } from "./acceptProposal.ts";

const MOST_CONTRADICTING = 10;

// Indexes triple_head and, for a symmetric relation, triple_tail.
const CONTRADICTING = `
  select asked.place::int, near.* from unnest($1::bigint[], $2::integer[], $3::bigint[], $4::boolean[], $5::boolean[])
      with ordinality as asked(head_id, relation_id, tail_id, mirrored, crowded, place)
    cross join lateral (
      select ${TRIPLE_COLUMNS} from triple t
       where t.relation_id = asked.relation_id and (
         (t.head_id = asked.head_id and (t.tail_id = asked.tail_id or (asked.crowded and t.rank <> 'DEPRECATED')))
         or (asked.mirrored and t.tail_id = asked.head_id
             and (t.head_id = asked.tail_id or (asked.crowded and t.rank <> 'DEPRECATED'))))
       order by t.id limit ${MOST_CONTRADICTING}) near
   order by asked.place, near.id`;

/** Which one is asked about, and what writing it came to. */
interface Tried {
  readonly rows: readonly ChangeRow[];
  readonly conflicts: readonly Problem[];
}

/**
 * Accepts each proposal for real, by itself, and rolls it back: what it would write, or why it does not fit.
 * One transaction for all; it holds up other edits for a few milliseconds per proposal.
 */
export async function assessProposals(
  db: Database,
  proposals: readonly Proposal[],
): Promise<ProposalAssessment[]> {
  if (proposals.length === 0) return [];
  return rehearse(db, async (tx) => {
    const tried: Tried[] = [];
    for (const proposal of proposals) tried.push(await tryOne(tx, proposal));
    return addSurroundings(tx, proposals, tried);
  });
}

async function tryOne(tx: Queryable, proposal: Proposal): Promise<Tried> {
  await tx.query("savepoint proposal");
  const written = await acceptProposal(tx, proposal, REHEARSER);
  const fits = !("problems" in written);
  const rows = fits ? await findOpenRows(tx) : [];
  await tx.query("rollback to savepoint proposal");
  return { rows, conflicts: fits ? [] : written.problems };
}

async function addSurroundings(
  tx: Queryable,
  proposals: readonly Proposal[],
  tried: readonly Tried[],
): Promise<ProposalAssessment[]> {
  const entities = await findEntitiesByKeys(tx, [
    ...new Set(proposals.flatMap(({ head, tail }) => [head, tail])),
  ]);
  const relations = await findRelationsByKeys(tx, [...new Set(proposals.map(({ relation }) => relation))]);
  const ends = proposals.map(({ head, relation, tail }) => ({
    head: entities.get(head),
    relation: relations.get(relation),
    tail: entities.get(tail),
  }));
  const crowded = tried.map(({ conflicts }) =>
    conflicts.some(({ code }) => code === "CARDINALITY_VIOLATION"),
  );
  const near = await tx.query<Triple & { readonly place: number }>(CONTRADICTING, [
    ends.map(({ head }) => head?.id ?? null),
    ends.map(({ relation }) => relation?.id ?? null),
    ends.map(({ tail }) => tail?.id ?? null),
    ends.map(({ relation }) => relation?.symmetric ?? false),
    crowded,
  ]);
  return tried.map((one, i) => ({
    ...one,
    contradicting: near.filter(({ place }) => place === i + 1).map(readTriple),
  }));
}
