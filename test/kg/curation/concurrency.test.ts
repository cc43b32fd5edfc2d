import { beforeAll, describe, expect, it } from "vitest";
import { createCuration } from "../../../src/kg/curation/index.ts";
import type { Database } from "../../../src/kg/database.ts";
import type { Curation } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { type Films, insertFilms } from "../../support/films.ts";

const actor = "curator";
let db: Database;
let films: Films;
let curation: Curation;
beforeAll(async () => {
  db = await createTestDatabase();
  films = await insertFilms(db);
  curation = createCuration(db);
});

const count = async (sql: string, parameters: unknown[] = []) =>
  (await db.query<{ n: number }>(`select count(*)::int as n from ${sql}`, parameters))[0].n;

describe("an idempotency key", () => {
  it("gives 20 equal requests at once one write and one answer", async () => {
    const input = { key: "movie:once", type: "movie", name: "Once", attributes: { a: 1, b: 2 } };
    const reordered = {
      attributes: { b: 2, a: 1 },
      name: "Once",
      aliases: null,
      type: "movie",
      key: "movie:once",
    };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        curation.createEntity(i % 2 ? input : reordered, { actor, idempotencyKey: "k1" }),
      ),
    );
    expect(answers[0]).toMatchObject({ value: { key: "movie:once" }, problems: [] });
    expect(answers[0].change!.at).toBeInstanceOf(Date);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await count("change where kind = 'create_entity'")).toBe(1);
  });

  it("revives the times of a triple", async () => {
    const input = {
      head: "movie:alien",
      relation: "related_to",
      tail: "movie:titanic",
      validFrom: new Date("2001-02-03T04:05:06.007Z"),
    };
    const options = { actor, idempotencyKey: "k2" };
    const first = await curation.addTriple(input, options);
    expect(await curation.addTriple(input, options)).toEqual(first);
    const retract = { actor, idempotencyKey: "k3" };
    const retracted = await curation.retractTriple(first.value!.id, retract);
    expect(await curation.retractTriple(first.value!.id, retract)).toEqual(retracted);
    expect(retracted.value).toEqual(first.value);
  });

  it("is refused for another request, and belongs to one actor", async () => {
    const input = { key: "movie:k4", type: "movie", name: "K4" };
    await curation.createEntity(input, { actor, idempotencyKey: "k4" });
    const other = await curation.createEntity({ ...input, name: "K5" }, { actor, idempotencyKey: "k4" });
    expect(other).toMatchObject({ value: null, change: null });
    expect(other.problems.map(({ code }) => code)).toEqual(["IDEMPOTENCY_KEY_REUSED"]);
    const triple = { head: "movie:k4", relation: "related_to", tail: "movie:alien" };
    const otherKind = await curation.addTriple(triple, { actor, idempotencyKey: "k4" });
    expect(otherKind.problems.map(({ code }) => code)).toEqual(["IDEMPOTENCY_KEY_REUSED"]);
    const elsewhere = await curation.createEntity(input, { actor: "someone else", idempotencyKey: "k4" });
    expect(elsewhere.problems.map(({ code }) => code)).toEqual(["KEY_TAKEN"]);
  });

  it("remembers no refusal: the same request may succeed later", async () => {
    const triple = { head: "movie:later", relation: "related_to", tail: "movie:alien" };
    const options = { actor, idempotencyKey: "k6" };
    expect((await curation.addTriple(triple, options)).problems[0].code).toBe("UNKNOWN_ENTITY");
    await curation.createEntity({ key: "movie:later", type: "movie", name: "Later" }, { actor });
    expect((await curation.addTriple(triple, options)).problems).toEqual([]);
  });

  it("is forgotten after 24 hours", async () => {
    const input = { key: "movie:k7", type: "movie", name: "K7" };
    await curation.createEntity(input, { actor, idempotencyKey: "k7" });
    await db.query(
      "update idempotency set created_at = now() - interval '24 hours 1 second' where key = 'k7'",
    );
    const again = await curation.createEntity(input, { actor, idempotencyKey: "k7" });
    expect(again.problems.map(({ code }) => code)).toEqual(["KEY_TAKEN"]);
    await curation.createEntity({ ...input, key: "movie:k8" }, { actor, idempotencyKey: "k8" });
    expect(await count("idempotency where key = 'k7'")).toBe(0);
  });
});

describe("30 edits at once", () => {
  it("lose nothing, never deadlock, and number the revisions without a gap", async () => {
    const before = await count("change");
    const items = ["movie:alien", "movie:aliens", "movie:gladiator", "movie:titanic", "movie:terminator"];
    const at = new Date("2024-05-05T00:00:00Z");
    const batch = (i: number) =>
      (i % 2 ? items : items.toReversed()).map((item) => ({ user: "crowd", item, at, weight: i }));
    const retracted = Object.values(films.triples).slice(0, 5);
    const results = await Promise.all([
      ...Array.from({ length: 10 }, (_, i) =>
        curation.createEntity({ key: `movie:new-${i}`, type: "movie", name: `New ${i}` }, { actor }),
      ),
      ...Array.from({ length: 10 }, (_, i) =>
        // Two of each: five succeed, five find the triple there.
        curation.addTriple(
          { head: items[i % 5], relation: "related_to", tail: items[(i + 1) % 5] },
          { actor },
        ),
      ),
      ...retracted.map((id) => curation.retractTriple(id, { actor })),
      ...Array.from({ length: 5 }, (_, i) => curation.recordInteractions(batch(i), { actor })),
    ]);
    const refused = results.flatMap(({ problems }) => problems.map(({ code }) => code));
    expect(refused).toEqual(Array(5).fill("TRIPLE_EXISTS"));
    expect(await count("entity where key like 'movie:new-%'")).toBe(10);
    expect(await count("triple where id = any($1)", [retracted])).toBe(0);
    expect(await count("interaction where user_key = 'crowd'")).toBe(5);
    const recorded = results.map((result) => ("recorded" in result ? result.recorded : 0));
    expect(recorded.reduce((sum, n) => sum + n, 0)).toBe(5);
    expect(await count("change")).toBe(before + 20); // 10 entities, 5 triples, 5 retractions
    const gaps = await db.query(
      "select revision from (select revision, row_number() over (order by revision) as n from change) c where revision <> n",
    );
    expect(gaps).toEqual([]);
    const drift = await db.query(`
      select e.id from entity e join entity_degree d on d.entity_id = e.id where d.degree <>
        (select count(*) from triple t where rank <> 'DEPRECATED' and (t.head_id = e.id or t.tail_id = e.id))`);
    expect(drift).toEqual([]);
  });

  it("let one of two that compete for the last place of a relation win", async () => {
    const heads = ["movie:blade-runner", "movie:blade-runner"];
    const results = await Promise.all(
      ["movie:alien", "movie:titanic"].map((tail, i) =>
        curation.addTriple({ head: heads[i], relation: "follows", tail }, { actor }),
      ),
    );
    const codes = results.map(({ problems }) => problems[0]?.code ?? "written").toSorted();
    expect(codes).toEqual(["CARDINALITY_VIOLATION", "written"]);
  });
});
