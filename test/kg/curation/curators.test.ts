import { afterAll, expect, it } from "vitest";
import { createCuration } from "../../../src/kg/curation/index.ts";
import { type Database, openDatabase } from "../../../src/kg/database.ts";
import { createKnowledge } from "../../../src/kg/knowledge.ts";
import type { Curation, EditOptions, EditResult, Knowledge, TripleId } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { insertFilms } from "../../support/films.ts";

const CURATORS = 50;
const EDITS_EACH = 12;
const TYPES = ["movie", "person"] as const;
const KEYS = Array.from({ length: 10 }, (_, i) => `${TYPES[i % 2]}:shared-${i}`);
const RELATIONS = ["directed_by", "follows", "married_to", "related_to"];
/** Every code with which an edit of this mix may be refused. */
const REFUSALS = [
  ...["REVISION_CONFLICT", "UNKNOWN_ENTITY", "UNKNOWN_TRIPLE", "TRIPLE_EXISTS", "KEY_TAKEN", "ENTITY_IN_USE"],
  ...["ENTITY_MERGED", "DOMAIN_VIOLATION", "RANGE_VIOLATION", "CARDINALITY_VIOLATION", "CHANGE_CONFLICT"],
  ...["UNKNOWN_CHANGE", "INVALID_VALUE"],
];

/** An edit that can be made again elsewhere; `idOf` leads from a triple there to the one here. */
type Edit = (curation: Curation, idOf: (triple: TripleId) => TripleId) => Promise<EditResult<unknown>>;
/** The row that an edit builds on, as its author has read it. */
interface Read {
  readonly subject: "entity" | "relation" | "triple";
  readonly id: string | number;
  readonly revision: number;
}
interface Thought {
  readonly edit: Edit;
  readonly read?: Read;
}
interface Done {
  readonly revision: number;
  readonly kind: string;
  readonly edit: Edit;
  readonly read?: Read;
  readonly value: unknown;
}

/** A generator with a seed, so that each curator does the same in each run. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Thinks of an edit of what it reads: each writes something of its own, on top of what it has read. */
async function think(
  knowledge: Knowledge,
  tag: string,
  random: (below: number) => number,
): Promise<Thought | null> {
  const key = KEYS[random(KEYS.length)];
  const other = KEYS[random(KEYS.length)];
  const entity = await knowledge.findEntity({ key });
  const options = (expectedRevision?: number): EditOptions => ({ actor: tag, expectedRevision });
  if (!entity) {
    const input = { key, type: key.split(":")[0], name: tag, isItem: random(2) === 0 };
    return { edit: (curation) => curation.createEntity(input, options(0)) };
  }
  const read: Read = { subject: "entity", ...entity };
  const choice = random(100);
  if (choice < 40) {
    const patch = { aliases: [...entity.aliases, tag].slice(-150), attributes: { [tag]: entity.revision } };
    return { read, edit: (curation) => curation.updateEntity({ key }, patch, options(entity.revision)) };
  }
  if (choice < 60) {
    const relation = RELATIONS[random(RELATIONS.length)];
    const triple = { head: key, relation, tail: other, qualifiers: { tag } };
    return { edit: (curation) => curation.addTriple(triple, options()) };
  }
  if (choice < 80) {
    const { edges } = await knowledge.findTriples({ head: key }, { first: 20 });
    if (edges.length === 0) return null;
    const { node } = edges[random(edges.length)];
    const rank = node.rank === "NORMAL" ? "DEPRECATED" : "NORMAL";
    const patch = { qualifiers: { [tag]: node.revision }, rank } as const;
    const edit: Edit = (curation, idOf) =>
      choice < 65
        ? curation.retractTriple(idOf(node.id), options(node.revision))
        : curation.updateTriple(idOf(node.id), patch, options(node.revision));
    return { read: { subject: "triple", ...node }, edit };
  }
  if (choice < 86) {
    const relation = (await knowledge.findRelation("related_to"))!;
    const definition = { key: "related_to", inverseLabel: `${relation.revision} ${tag}` };
    const edit: Edit = (curation) => curation.defineRelation(definition, options(relation.revision));
    return { read: { subject: "relation", ...relation }, edit };
  }
  if (choice < 90) {
    const merge = { into: { key }, from: [{ key: other }] };
    return { read, edit: (curation) => curation.mergeEntities(merge, options(entity.revision)) };
  }
  if (choice < 93) {
    const stated = { ...options(entity.revision), cascade: true };
    return { read, edit: (curation) => curation.deleteEntity({ key }, stated) };
  }
  const { edges } = await knowledge.findChanges({}, { first: 5 });
  const { revision } = edges[random(edges.length)].node;
  return revision === "1" ? null : { edit: (curation) => curation.revertChange(revision, options()) };
}

/** The graph by keys: what must be equal, whatever ids the rows have. */
async function describeGraph(db: Database): Promise<unknown> {
  const entities = await db.query(`
    select e.key, e.type, e.name, e.aliases, e.description, e.attributes, e.is_item, s.key as merged_into, e.revision
      from entity e left join entity s on s.id = e.merged_into order by e.key`);
  const relations = await db.query(
    "select key, label, inverse_label, domain, range, max_per_head, is_symmetric, revision from relation order by key",
  );
  const triples = await db.query(`
    select h.key as head, r.key as relation, l.key as tail, t.confidence, t.rank, t.qualifiers, t.sources, t.revision
      from triple t join entity h on h.id = t.head_id join relation r on r.id = t.relation_id
      join entity l on l.id = t.tail_id order by 1, 2, 3`);
  return { entities, relations, triples };
}

/** Edits that were written on top of another row than the one that their author has read. */
async function findLost(db: Database, done: readonly Done[]): Promise<unknown[]> {
  const built = done.filter(({ read }) => read);
  return db.query(
    `select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::int[]) as read(change, subject, id, revision)
      where revision is distinct from (
        select (before->>'revision')::int from change_row c
         where c.revision = read.change and c.subject = read.subject and c.subject_id = read.id
         order by c.id limit 1)`,
    [
      built.map(({ revision }) => revision),
      built.map(({ read }) => read!.subject),
      built.map(({ read }) => read!.id),
      built.map(({ read }) => read!.revision),
    ],
  );
}

async function openFilms(poolSize: number) {
  const { url } = await createTestDatabase();
  const db = await openDatabase(url, { migrate: false, poolSize });
  afterAll(() => db.close());
  const films = await insertFilms(db);
  for (const key of KEYS) {
    const input = { key, type: key.split(":")[0], name: key, isItem: true };
    expect((await createCuration(db).createEntity(input, { actor: "setup" })).problems).toEqual([]);
  }
  return { db, films, curation: createCuration(db), knowledge: createKnowledge(db) };
}

it("50 curators at once on 10 entities lose no update and never deadlock", async () => {
  const { db, films, curation, knowledge } = await openFilms(25);
  const done: Done[] = [];
  const refusals = new Map<string, number>();
  let unchanged = 0;
  const curate = async (curator: number) => {
    const random = makeRandom(curator * 7_919 + 1);
    for (let n = 0; n < EDITS_EACH; n++) {
      const thought = await think(knowledge, `c${curator}-${n}`, random);
      if (!thought) continue;
      const { edit, read } = thought;
      const { value, change, problems } = await edit(curation, (id) => id); // a deadlock would throw
      if (change) done.push({ revision: Number(change.revision), kind: change.kind, edit, read, value });
      else if (problems.length === 0) unchanged++;
      for (const { code } of problems.slice(0, 1)) refusals.set(code, (refusals.get(code) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CURATORS }, (_, curator) => curate(curator)));
  done.sort((a, b) => a.revision - b.revision);

  // What was answered is what the log has, without a gap.
  expect(done.map(({ revision }) => revision)).toEqual(done.map((_, i) => i + 1 + 1 + KEYS.length));
  const [{ revision }] = await db.query<{ revision: string }>("select revision from graph");
  expect(Number(revision)).toBe(done.at(-1)!.revision);
  expect([...refusals.keys()].filter((code) => !REFUSALS.includes(code))).toEqual([]);
  expect(refusals.get("REVISION_CONFLICT")).toBeGreaterThan(0);
  const kinds = new Set(done.map(({ kind }) => kind));
  for (const kind of [
    "update_entity",
    "add_triple",
    "update_triple",
    "retract_triple",
    "define_relation",
    "merge_entities",
  ]) {
    expect(kinds).toContain(kind);
  }
  expect(await findLost(db, done)).toEqual([]);
  console.info(
    `${done.length} changes, ${unchanged} alter nothing, refused: ${[...refusals].map((row) => row.join(" ")).join(", ")}`,
  );

  // The same edits one after the other, in the order of their revisions: each is written again, as it was.
  const serial = await openFilms(2);
  const ids = new Map(Object.entries(films.triples).map(([name, id]) => [id, serial.films.triples[name]]));
  for (const { edit, revision, value } of done) {
    const again = await edit(serial.curation, (id) => ids.get(id)!);
    expect(again.problems).toEqual([]);
    expect(again.graphRevision).toBe(String(revision));
    const [there, here] = [value, again.value] as ({
      readonly id?: string;
      readonly headId?: string;
    } | null)[];
    if (there?.headId) ids.set(there.id!, here!.id!);
  }
  expect(await describeGraph(serial.db)).toEqual(await describeGraph(db));
}, 120_000);
