import { beforeAll, describe, expect, it } from "vitest";
import { createCuration } from "../../../src/kg/curation/index.ts";
import type { Database } from "../../../src/kg/database.ts";
import { findHistory } from "../../../src/kg/queries/findHistory.ts";
import type { Curation } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { type Films, insertFilms } from "../../support/films.ts";

const actor = "shop";
const at = new Date("2024-03-01T12:00:00Z");
let db: Database;
let films: Films;
let curation: Curation;
beforeAll(async () => {
  db = await createTestDatabase();
  films = await insertFilms(db);
  curation = createCuration(db);
});

describe("recordInteractions", () => {
  it("writes the good rows and names each bad one", async () => {
    const before = db.statements;
    const result = await curation.recordInteractions(
      [
        { user: "eve", item: "movie:alien", kind: "view", weight: 0.5, at },
        { user: "eve", item: "movie:unknown", at },
        { user: "eve", item: "person:ridley-scott", at },
        { user: "", item: "movie:alien", at },
        { user: "eve", item: "movie:alien", weight: Number.NaN, at },
        { user: "eve\0", item: "", kind: " ", weight: 1e39, at: new Date(Number.NaN) },
        { user: "eve", item: "movie:titanic", at },
      ],
      { actor },
    );
    expect(result.problems.map(({ code, path }) => `${path!.join(".")} ${code}`)).toEqual([
      "interactions.1.item UNKNOWN_ENTITY",
      "interactions.2.item NOT_AN_ITEM",
      "interactions.3.user INVALID_VALUE",
      "interactions.4.weight INVALID_VALUE",
      "interactions.5.user INVALID_VALUE",
      "interactions.5.kind INVALID_VALUE",
      "interactions.5.weight INVALID_VALUE",
      "interactions.5.at INVALID_VALUE",
      "interactions.5.item INVALID_VALUE",
    ]);
    expect(result.problems[3].message).toContain("interactions.4.weight is NaN; expected a number");
    expect(result).toMatchObject({ recorded: 2, known: 0, graphRevision: "1" });
    expect(await findHistory(db, "eve")).toEqual([
      { itemId: films.entities["movie:titanic"], kind: "rating", weight: 1, at },
      { itemId: films.entities["movie:alien"], kind: "view", weight: 0.5, at },
    ]);
    expect(db.statements - before).toBe(4); // find the items, insert, the revision; and this history
  });

  it("counts equal rows as known, within a batch too", async () => {
    const row = { user: "fay", item: "movie:alien", at };
    expect(await curation.recordInteractions([row, row], { actor })).toMatchObject({ recorded: 1, known: 1 });
    expect(await curation.recordInteractions([row], { actor })).toMatchObject({ recorded: 0, known: 1 });
    const other = { ...row, kind: "like" };
    expect(await curation.recordInteractions([row, other], { actor })).toMatchObject({
      recorded: 1,
      known: 1,
    });
  });

  it("takes now for a row without a time", async () => {
    const before = Date.now();
    await curation.recordInteractions([{ user: "gus", item: "movie:alien" }], { actor });
    const [row] = await findHistory(db, "gus");
    expect(row.at!.getTime()).toBeGreaterThanOrEqual(before);
    expect(row.at!.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it("answers a repeated request alike, and writes it once", async () => {
    const rows = [
      { user: "hal", item: "movie:alien" },
      { user: "hal\0", item: "movie:alien" },
    ];
    const options = { actor, idempotencyKey: "i1" };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => curation.recordInteractions(rows, options)),
    );
    for (const answer of answers) expect(answer).toMatchObject({ recorded: 1, known: 0 });
    expect(await db.query("select count(*)::int as n from interaction where user_key = 'hal'")).toEqual([
      { n: 1 },
    ]);
    const other = await curation.recordInteractions([{ user: "hal", item: "movie:titanic" }], options);
    expect(other).toMatchObject({ recorded: 0, known: 0, problems: [{ code: "IDEMPOTENCY_KEY_REUSED" }] });
    // What is kept for 24 hours names no user.
    expect(
      await db.query("select 1 from idempotency where answer::text like '%hal%' or request like '%hal%'"),
    ).toEqual([]);
  });

  it("writes nothing in a dry run, and takes an empty list", async () => {
    const rows = [
      { user: "ida", item: "movie:alien" },
      { user: "ida", item: "nothing" },
    ];
    const dry = await curation.recordInteractions(rows, { actor, dryRun: true });
    expect(dry).toMatchObject({ recorded: 1, known: 0, problems: [{ code: "UNKNOWN_ENTITY" }] });
    expect(await findHistory(db, "ida")).toEqual([]);
    expect(await curation.recordInteractions([], { actor })).toMatchObject({
      recorded: 0,
      known: 0,
      problems: [],
    });
  });

  it("records thousands of rows in one statement", async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => ({ user: `u${i}`, item: "movie:alien", at }));
    const before = db.statements;
    expect(await curation.recordInteractions(rows, { actor })).toMatchObject({ recorded: 20_000, known: 0 });
    expect(db.statements - before).toBe(3);
  });
});

describe("forgetUser", () => {
  it("erases one user's interactions and says how many", async () => {
    expect(await curation.forgetUser("ben")).toBe(3); // aliens, terminator, titanic
    expect(await curation.forgetUser("ben")).toBe(0);
    expect(await curation.forgetUser("nobody\0")).toBe(0);
    expect(await findHistory(db, "ann")).toHaveLength(2);
  });
});
