import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createCuration } from "../../src/kg/curation/index.ts";
import { createProposals } from "../../src/kg/curation/proposals/createProposals.ts";
import type { Database } from "../../src/kg/database.ts";
import { importData } from "../../src/kg/import/importData.ts";
import type { EditResult } from "../../src/kg/types.ts";
import { insertFilms } from "../support/films.ts";

const FOLDER = fileURLToPath(new URL("import/", import.meta.url)); // one person and one triple
const actor = "carol";
const COPY = {
  key: "movie:alien-copy",
  type: "movie",
  name: "Alien (1979)",
  aliases: ["Alien"],
  isItem: true,
};

const SEQUEL = { ...COPY, key: "movie:aliens-copy", name: "Aliens (1986)", aliases: ["Aliens"] };
const MERGED = "6"; // revision of the merge that `prepareFilms` makes

/**
 * Fills an empty database: the films, a double of Alien with triples and an interaction, a double of Aliens that is
 * merged, and a proposal that waits.
 */
export async function prepareFilms(db: Database): Promise<void> {
  await insertFilms(db);
  const curation = createCuration(db);
  written(await curation.createEntity(COPY, { actor }));
  written(await curation.addTriple(triple(COPY.key, "starring", "person:sigourney-weaver"), { actor }));
  written(await curation.addTriple(triple(COPY.key, "directed_by", "person:ridley-scott"), { actor }));
  written(await curation.createEntity(SEQUEL, { actor }));
  const sequel = { into: { key: "movie:aliens" }, from: [{ key: SEQUEL.key }] };
  const { change } = written(await curation.mergeEntities(sequel, { actor }));
  if (change?.revision !== MERGED)
    throw new Error(`the merge is change ${change?.revision}; expected ${MERGED}`);
  const rows = [{ user: "eve", item: COPY.key, weight: 5, at: new Date("2024-02-01T00:00:00Z") }];
  await curation.recordInteractions(rows, { actor });
  written(
    await createProposals(db).propose(
      { triples: [triple("movie:gladiator", "has_genre", "genre:science-fiction")] },
      { actor: "dave" },
    ),
  );
}

/** Every kind of edit by its name, as it runs on the films. Each gives what it wrote, or throws. */
export const EDITS: Readonly<Record<string, (db: Database) => Promise<unknown>>> = {
  createEntity: async (db) =>
    written(
      await createCuration(db).createEntity(
        { key: "person:new", type: "person", name: "New" },
        { actor, idempotencyKey: "create" },
      ),
    ),
  updateEntity: async (db) =>
    written(
      await createCuration(db).updateEntity(
        { key: "movie:alien" },
        { name: "ALIEN", attributes: { year: 1979 } },
        { actor, idempotencyKey: "update" },
      ),
    ),
  deleteEntity: async (db) =>
    written(
      await createCuration(db).deleteEntity(
        { key: "person:sigourney-weaver" },
        { actor, cascade: true, idempotencyKey: "delete" },
      ),
    ),
  mergeEntities: async (db) => written(await merge(db)),
  defineRelation: async (db) =>
    written(
      await createCuration(db).defineRelation(
        { key: "written_by", label: "written by", domain: ["movie"], range: ["person"] },
        { actor, idempotencyKey: "define" },
      ),
    ),
  addTriple: async (db) =>
    written(
      await createCuration(db).addTriple(triple("movie:titanic", "starring", "person:linda-hamilton"), {
        actor,
        idempotencyKey: "add",
      }),
    ),
  updateTriple: async (db) =>
    written(
      await createCuration(db).updateTriple(
        await findTriple(db),
        { confidence: 0.5, rank: "PREFERRED" },
        { actor, idempotencyKey: "weigh" },
      ),
    ),
  retractTriple: async (db) =>
    written(
      await createCuration(db).retractTriple(await findTriple(db), { actor, idempotencyKey: "retract" }),
    ),
  together: async (db) => {
    const curation = createCuration(db); // asked for at once, they share a transaction
    const edits: readonly Promise<EditResult<unknown>>[] = [
      curation.createEntity({ key: "person:new", type: "person", name: "New" }, { actor }),
      curation.updateEntity({ key: "movie:alien" }, { name: "ALIEN" }, { actor, idempotencyKey: "u" }),
      curation.addTriple(triple("movie:alien", "starring", "person:new"), { actor, idempotencyKey: "a" }),
    ];
    return (await Promise.all(edits)).map(written);
  },
  revertChange: async (db) =>
    written(await createCuration(db).revertChange("3", { actor, idempotencyKey: "revert" })),
  revertMerge: async (db) =>
    written(await createCuration(db).revertChange(MERGED, { actor, idempotencyKey: "unmerge" })),
  reviewProposals: async (db) => {
    const proposals = createProposals(db);
    const { edges } = await proposals.findProposals({ status: "PENDING" }, { first: 10 });
    return written(
      await proposals.review(
        edges.map(({ node: { id } }) => ({ id, decision: "ACCEPT" })),
        { actor, idempotencyKey: "review" },
      ),
    );
  },
  recordInteractions: (db) =>
    createCuration(db).recordInteractions(
      [{ user: "eve", item: "movie:titanic", at: new Date("2024-03-01T00:00:00Z") }],
      { actor, idempotencyKey: "record" },
    ),
  forgetUser: (db) => createCuration(db).forgetUser("ann"),
  importData: async (db) => {
    const scratch = await mkdtemp(join(tmpdir(), "whygraph-chaos-"));
    try {
      return await importData(db, { path: FOLDER, rejects: join(scratch, "rejects.tsv") });
    } finally {
      await rm(scratch, { recursive: true });
    }
  },
};

function merge(db: Database) {
  return createCuration(db).mergeEntities(
    { into: { key: "movie:alien" }, from: [{ key: COPY.key }] },
    { actor, idempotencyKey: "merge" },
  );
}

function triple(head: string, relation: string, tail: string) {
  return { head, relation, tail };
}

async function findTriple(db: Database): Promise<string> {
  const [{ id }] = await db.query<{ id: string }>(`
    select t.id from triple t join entity h on h.id = t.head_id join relation r on r.id = t.relation_id
     where h.key = 'movie:alien' and r.key = 'directed_by'`);
  return id;
}

function written<T>(result: EditResult<T>): EditResult<T> {
  if (result.value !== null) return result;
  throw new Error(result.problems.map(({ message }) => message).join("; "));
}
