import { findEntitiesByKeys } from "../../queries/findEntitiesByKeys.ts";
import { findRelationsByKeys } from "../../queries/findRelationsByKeys.ts";
import type {
  Entity,
  NewEntity,
  NewProposals,
  Problem,
  ProposedTriple,
  Queryable,
  Relation,
} from "../../types.ts";
import { problem, shown } from "../problem.ts";
import type { Written } from "../runEdit.ts";

// Index triple_head, both ways for a symmetric relation.
const EXISTING = `
  select asked.place::int, t.id, t.rank
    from unnest($1::bigint[], $2::integer[], $3::bigint[], $4::boolean[]) with ordinality
      as asked(head_id, relation_id, tail_id, mirrored, place)
    join triple t on t.relation_id = asked.relation_id
     and ((t.head_id = asked.head_id and t.tail_id = asked.tail_id)
       or (asked.mirrored and t.head_id = asked.tail_id and t.tail_id = asked.head_id))`;

/** A proposed triple in its place: keys of survivors, and what is to be created. */
export interface PlacedTriple {
  readonly triple: ProposedTriple;
  readonly head: string;
  readonly relation: string;
  readonly tail: string;
  readonly headEntity: NewEntity | null;
  readonly tailEntity: NewEntity | null;
}

type Ends = {
  readonly head: Entity | NewEntity;
  readonly tail: Entity | NewEntity;
  readonly relation: Relation;
};

/**
 * Finds the place of proposed triples in the graph, or what is unknown or there already. A merged key becomes its
 * survivor's; the ends of a symmetric relation are put in order, so that mirrored proposals are identical.
 */
export async function placeTriples(
  db: Queryable,
  { triples, entities, skipKnown = false }: NewProposals,
): Promise<Written<readonly PlacedTriple[]>> {
  const found = await findEntitiesByKeys(db, [...new Set(triples.flatMap(({ head, tail }) => [head, tail]))]);
  const proposed = new Map((entities ?? []).map((entity) => [entity.key, entity]));
  const relations = await findRelationsByKeys(db, [...new Set(triples.map(({ relation }) => relation))]);
  const entityOf = (key: string) => found.get(key) ?? proposed.get(key);
  const ends = triples.map((triple) => ({
    head: entityOf(triple.head),
    relation: relations.get(triple.relation),
    tail: entityOf(triple.tail),
  }));
  const problems = triples.flatMap((triple, i) => listUnknown(triple, ends[i], `triples.${i}`));
  if (problems.length > 0) return { problems };
  const complete = ends as readonly Ends[];
  const existing = await findExisting(db, triples, complete);
  if (existing.length > 0 && !skipKnown) return { problems: existing };
  const known = new Set(existing.map(({ path }) => Number(path?.[1])));
  return {
    value: triples.flatMap((triple, i) => (known.has(i) ? [] : [place(triple, complete[i])])),
  };
}

function place(triple: ProposedTriple, { head, relation, tail }: Ends): PlacedTriple {
  const [from, to] = relation.symmetric && tail.key < head.key ? [tail, head] : [head, tail];
  return {
    triple,
    head: from.key,
    relation: relation.key,
    tail: to.key,
    headEntity: isKnown(from) ? null : from,
    tailEntity: isKnown(to) ? null : to,
  };
}

function isKnown(entity: Entity | NewEntity): entity is Entity {
  return "id" in entity;
}

function listUnknown(
  triple: ProposedTriple,
  ends: { readonly [End in keyof Ends]?: unknown },
  path: string,
): Problem[] {
  const fields = ["head", "relation", "tail"] as const;
  return fields
    .filter((field) => !ends[field])
    .map((field) => {
      const [code, what] =
        field === "relation"
          ? (["UNKNOWN_RELATION", "a known relation"] as const)
          : (["UNKNOWN_ENTITY", "a known entity, or of one among `entities`"] as const);
      return problem(
        code,
        `${path}.${field}`,
        `${field} is ${shown(triple[field])}; expected the key of ${what}`,
      );
    });
}

/** Only between known entities can a triple be there already. */
async function findExisting(
  db: Queryable,
  triples: readonly ProposedTriple[],
  ends: readonly Ends[],
): Promise<Problem[]> {
  const idOf = (entity: Entity | NewEntity) => (isKnown(entity) ? entity.id : null);
  const rows = await db.query<{ place: number; id: string; rank: string }>(EXISTING, [
    ends.map(({ head }) => idOf(head)),
    ends.map(({ relation }) => relation.id),
    ends.map(({ tail }) => idOf(tail)),
    ends.map(({ relation }) => relation.symmetric),
  ]);
  return rows.map(({ place, id, rank }) => {
    const { head, relation, tail } = triples[place - 1];
    const message =
      `${shown(head)} ${relation} ${shown(tail)} is in the graph already, as triple ${id} (${rank}); ` +
      "expected a triple that it lacks";
    return problem("TRIPLE_EXISTS", `triples.${place - 1}`, message);
  });
}
