import { isDeepStrictEqual } from "node:util";
import type { Database } from "../database.ts";
import { relationLabel } from "../import/relationLabel.ts";
import { findRelation } from "../queries/findRelation.ts";
import { breachesSql, type RelationRule } from "../shapes/relationRules.ts";
import { RELATION_COLUMNS, readRelation } from "../tables/relation.ts";
import type { EditOptions, EditResult, Problem, Queryable, Relation, RelationDefinition } from "../types.ts";
import { checkRelation } from "./checkRelation.ts";
import { checkRevision } from "./checkRevision.ts";
import { marked } from "./marked.ts";
import { problem, shown } from "./problem.ts";
import { runEdit, type Written } from "./runEdit.ts";

const INSERT = `
  insert into relation as r (key, label, inverse_label, domain, range, max_per_head, is_symmetric, revision)
  values ($1, $2, $3, $4::text[], $5::text[], $6, $7, first_revision('relation', $1)) returning ${RELATION_COLUMNS}`;
const UPDATE = `
  update relation r set (key, label, inverse_label, domain, range, max_per_head, is_symmetric) 
           = ($1, $2, $3, $4::text[], $5::text[], $6, $7),
         revision = r.revision + 1
   where r.key = $1 returning ${RELATION_COLUMNS}`;
const FIRST = (rule: RelationRule) => `
  select b.total, format('%s %s %s', h.key, r.key, l.key) as triple
    from (select *, count(*) over ()::int as total from (${breachesSql(rule, "r.id = $1")}) found
           order by "tripleId" limit 3) b
    join triple t on t.id = b."tripleId" join relation r on r.id = t.relation_id
    join entity h on h.id = t.head_id join entity l on l.id = t.tail_id order by t.id`;

/**
 * Defines a relation: creates it, or alters the one that has the key. A rule that it sets anew is refused where
 * triples that are there break it; the problem counts them and names the first ones.
 */
export function defineRelation(
  db: Database,
  definition: RelationDefinition,
  options: EditOptions,
): Promise<EditResult<Relation>> {
  return runEdit(db, options, {
    kind: "define_relation",
    input: marked(definition),
    check: () => checkRelation(definition),
    revive: (json) => json,
    write: (tx) => writeRelation(tx, definition, options),
  });
}

/** Defines a relation in an open change, or gives the problems why not. */
export async function writeRelation(
  tx: Queryable,
  definition: RelationDefinition,
  options: EditOptions,
): Promise<Written<Relation>> {
  const before = await findRelation(tx, definition.key);
  const stale = checkRevision(`the relation ${shown(definition.key)}`, before ?? { revision: 0 }, options);
  if (stale.length > 0) return { problems: stale };
  const after = applyDefinition(before, definition);
  if (before && isDeepStrictEqual(before, after)) return { value: before, unchanged: true };
  const [row] = await tx.query<Relation>(before ? UPDATE : INSERT, [
    ...[after.key, after.label, after.inverseLabel, after.domain, after.range],
    ...[after.maxPerHead, after.symmetric],
  ]);
  const relation = readRelation(row);
  const problems = before ? await findBroken(tx, before, relation) : [];
  return problems.length > 0 ? { problems } : { value: relation };
}

function applyDefinition(before: Relation | null, definition: RelationDefinition): Omit<Relation, "id"> {
  const { key, label, symmetric, ...rules } = definition;
  const start = before ?? {
    ...{ key, label: relationLabel(key), inverseLabel: null, domain: null, range: null, maxPerHead: null },
    ...{ symmetric: false, revision: 0 },
  };
  const given = Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined));
  return { ...start, ...given, label: label ?? start.label, symmetric: symmetric ?? start.symmetric };
}

/** The problems of the rules that differ. */
async function findBroken(tx: Queryable, before: Relation, after: Relation): Promise<Problem[]> {
  const differs = (...fields: readonly (keyof Relation)[]) =>
    fields.some((field) => !isDeepStrictEqual(before[field], after[field]));
  const rules: readonly (readonly [RelationRule, keyof Relation, boolean, string, string])[] = [
    [
      "DOMAIN_VIOLATION",
      "domain",
      differs("domain"),
      "triple has another type of head",
      "triples have another type of head",
    ],
    [
      "RANGE_VIOLATION",
      "range",
      differs("range"),
      "triple has another type of tail",
      "triples have another type of tail",
    ],
    [
      "CARDINALITY_VIOLATION",
      "maxPerHead",
      differs("maxPerHead", "symmetric"),
      "head has more triples",
      "heads have more triples",
    ],
    [
      "DUPLICATE_VIOLATION",
      "symmetric",
      differs("symmetric"),
      "pair is there in both directions",
      "pairs are there in both directions",
    ],
  ];
  const problems: Problem[] = [];
  for (const [rule, field, changed, one, many] of rules) {
    if (!changed) continue;
    const rows = await tx.query<{ total: number; triple: string }>(FIRST(rule), [after.id]);
    if (rows.length === 0) continue;
    const [{ total }] = rows;
    const message =
      `${field} would be ${JSON.stringify(after[field])}; ${total} ${total === 1 ? one : many} ` +
      `(${rows.map(({ triple }) => triple).join("; ")}): expected none, retract or deprecate them first`;
    problems.push(problem(rule, field, message));
  }
  return problems;
}
