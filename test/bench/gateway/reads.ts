import type { Database } from "../../../src/kg/database.ts";
import type { Json } from "../support/askGraphql.ts";

/** One read, as either server is asked for it. */
export interface Read {
  readonly name: string;
  readonly ours: string;
  readonly theirs: string;
  /** Taken in turn. */
  readonly variables: readonly Readonly<Record<string, string>>[];
  /** Bring either answer into one form, to compare what they hold. */
  readonly readOurs: (data: Json) => Json;
  readonly readTheirs: (data: Json) => Json;
}

// Same fields, same order, same page. Without mergedInto: null PostGraphile could not use the gateway's partial indexes.
const NESTED_OURS = `query ($type: String!) {
  entities(filter: { types: [$type] }, orderBy: NAME_ASC, first: 10) { nodes {
    key name triples(direction: OUT, first: 5) { nodes { relation { label } tail { name } } } } } }`;
const NESTED_THEIRS = `query ($type: String!) {
  allEntities(condition: { type: $type, mergedInto: null }, orderBy: [NAME_ASC, ROW_ID_ASC], first: 10) { nodes {
    key name triplesByHeadId(orderBy: [RELATION_ID_ASC, TAIL_ID_ASC], first: 5) { nodes {
      relationByRelationId { label } entityByTailId { name } } } } } }`;
const PAGE_OURS = `query ($key: String!) {
  entity(by: { key: $key }) { key name type description
    triples(direction: IN, first: 20) { nodes { relation { label } head { name } } } } }`;
const PAGE_THEIRS = `query ($key: String!) {
  entityByKey(key: $key) { key name type description
    triplesByTailId(orderBy: [RELATION_ID_ASC, HEAD_ID_ASC], first: 20) { nodes {
      relationByRelationId { label } entityByHeadId { name } } } } }`;
const SEARCH_OURS = `query ($search: String!) {
  entities(search: $search, orderBy: NAME_ASC, first: 10) { nodes { key name type } } }`;
const SEARCH_THEIRS = `query ($search: String!) {
  peerSearchEntities(search: $search, first: 10) { nodes { key name type } } }`;

/** Makes the three reads with up to 500 sets of variables each, spread over the library. */
export async function makeReads(database: Database): Promise<Read[]> {
  const [types, hubs, words] = [
    await choose(database, "select type as value from entity group by type having count(*) >= 10"),
    await choose(
      database,
      `select e.key as value from entity e join triple t on t.tail_id = e.id group by e.key having count(*) >= 20`,
    ),
    await choose(database, "select distinct lower(split_part(name, ' ', 2)) as value from entity"),
  ];
  return [
    {
      name: "nested read: 10 entities × 5 triples × names",
      ...{ ours: NESTED_OURS, theirs: NESTED_THEIRS },
      variables: types.map((type) => ({ type })),
      readOurs: ({ entities }) =>
        entities.nodes.map(({ key, name, triples }: Json) => ({ key, name, triples: triples.nodes })),
      readTheirs: ({ allEntities }) =>
        allEntities.nodes.map(({ key, name, triplesByHeadId: { nodes } }: Json) => ({
          ...{ key, name },
          triples: nodes.map((t: Json) => ({ relation: t.relationByRelationId, tail: t.entityByTailId })),
        })),
    },
    {
      name: "entity page: 20 triples",
      ...{ ours: PAGE_OURS, theirs: PAGE_THEIRS },
      variables: hubs.map((key) => ({ key })),
      readOurs: ({ entity: { triples, ...entity } }) => ({ ...entity, triples: triples.nodes }),
      readTheirs: ({ entityByKey: { triplesByTailId, ...entity } }) => ({
        ...entity,
        triples: triplesByTailId.nodes.map((t: Json) => ({
          relation: t.relationByRelationId,
          head: t.entityByHeadId,
        })),
      }),
    },
    {
      name: "name search: first 10 of those with a word",
      ...{ ours: SEARCH_OURS, theirs: SEARCH_THEIRS },
      variables: words.map((search) => ({ search })),
      readOurs: ({ entities }) => entities.nodes,
      readTheirs: ({ peerSearchEntities }) => peerSearchEntities.nodes,
    },
  ];
}

/** Up to 500 of the values, always the same ones. */
async function choose(database: Database, values: string): Promise<string[]> {
  const rows = await database.query<{ value: string }>(
    `select value from (${values}) v order by md5(value) limit 500`,
  );
  return rows.map(({ value }) => value);
}
