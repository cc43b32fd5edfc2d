import { beforeAll, describe, expect, it } from "vitest";
import { addTriple } from "../../../src/kg/curation/addTriple.ts";
import type { Database } from "../../../src/kg/database.ts";
import { loadSnapshot } from "../../../src/kg/snapshot/loadSnapshot.ts";
import { momentOf } from "../../../src/kg/snapshot/momentOf.ts";
import { openLiveSnapshot } from "../../../src/kg/snapshot/openLiveSnapshot.ts";
import type { Graph, NewTriple } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { type Films, insertFilms } from "../../support/films.ts";
import { describeGraph } from "./describeGraph.ts";

let db: Database;
let films: Films;
beforeAll(async () => {
  db = await createTestDatabase();
  films = await insertFilms(db);
});

const moment = (day: number) => Date.UTC(2030, 0, day);
const date = (day: number) => new Date(moment(day));
const add = async (triple: Partial<NewTriple>) => {
  const { value, problems } = await addTriple(
    db,
    { head: "movie:titanic", relation: "related_to", tail: "movie:alien", ...triple },
    { actor: "cura" },
  );
  expect(problems).toEqual([]);
  return value!;
};

function tailsOf(graph: Graph, key: string): string[] {
  const names = new Map(Object.entries(films.entities).map(([name, id]) => [id, name]));
  const { start, end, neighbour, relation } = graph.out(graph.indexOf(films.entities[key]));
  return [...neighbour.subarray(start, end)]
    .filter((_, i) => graph.relations[relation[start + i]].key === "related_to")
    .map((index) => names.get(graph.idOf(index)) ?? "?");
}

describe("a triple with a validity", () => {
  it("enters and leaves at its moments while the process runs, and is loaded only within them", async () => {
    await add({ tail: "movie:aliens", validFrom: date(2), validTo: date(4) });
    let now = moment(1);
    const live = await openLiveSnapshot(db, { clock: () => now });
    try {
      const told: boolean[] = [];
      live.onChange((_, reloaded) => told.push(reloaded));
      expect(tailsOf(live.graph, "movie:titanic")).toEqual([]);
      // One that an edit brings while the process runs: it begins later and never ends.
      const { id } = await add({ tail: "movie:gladiator", validFrom: date(3) });
      await live.waitFor("3", 5_000);
      expect(told).toEqual([false]);
      const seen: Record<number, string[]> = {};
      const counts: Record<number, number> = {};
      for (const [day, ms] of [2, 3, 4].flatMap((day) => [
        [day - 0.001, moment(day) - 1],
        [day, moment(day)],
      ])) {
        now = ms;
        seen[day] = tailsOf(live.graph, "movie:titanic");
        counts[day] = live.graph.tripleCount - 18; // the film graph has 18 live triples
        expect(describeGraph(live.graph)).toEqual(describeGraph(await loadSnapshot(db, { at: now })));
      }
      expect(seen).toEqual({
        1.999: [],
        2: ["movie:aliens"], // from its beginning on …
        2.999: ["movie:aliens"],
        3: ["movie:aliens", "movie:gladiator"],
        3.999: ["movie:aliens", "movie:gladiator"],
        4: ["movie:gladiator"], // … until before its end
      });
      expect(counts).toEqual({ 1.999: 0, 2: 1, 2.999: 1, 3: 2, 3.999: 2, 4: 1 });
      expect(told).toEqual([false, false, false, false]); // the edit, and three turns
      now = moment(1); // a clock that is set back
      expect(tailsOf(live.graph, "movie:titanic")).toEqual([]);
      now = moment(9);
      await db.transaction(async (tx) => {
        await tx.query("select open_change('test', 'cura')");
        await tx.query("update triple set valid_to = valid_from + interval '1 day' where id = $1", [id]);
      });
      await live.waitFor("4", 5_000);
      expect(tailsOf(live.graph, "movie:titanic")).toEqual([]);
      now = moment(3) + 1;
      expect(tailsOf(live.graph, "movie:titanic")).toEqual(["movie:aliens", "movie:gladiator"]);
    } finally {
      await live.close();
    }
  });

  it("makes those who listen hear of its turn though nobody reads the graph", async () => {
    const live = await openLiveSnapshot(db);
    try {
      const turned = new Promise<Graph>((resolve) => {
        live.onChange((graph) => {
          if (graph.revision === "5" && tailsOf(graph, "movie:alien").length > 0) resolve(graph);
        });
      });
      await add({ head: "movie:alien", tail: "movie:titanic", validFrom: new Date(Date.now() + 300) });
      const before = performance.now();
      expect(tailsOf(await turned, "movie:alien")).toEqual(["movie:titanic"]);
      expect(performance.now() - before).toBeLessThan(3_000);
    } finally {
      await live.close();
    }
  });

  it("is deprecated or retracted as any other, within its validity or outside", async () => {
    const { id } = await add({ head: "movie:aliens", tail: "movie:titanic", validTo: date(2) });
    let now = moment(1);
    const live = await openLiveSnapshot(db, { clock: () => now });
    try {
      expect(tailsOf(live.graph, "movie:aliens")).toEqual(["movie:titanic"]);
      now = moment(3);
      await db.transaction(async (tx) => {
        await tx.query("select open_change('test', 'cura')");
        await tx.query("delete from triple where id = $1", [id]);
      });
      await live.waitFor("7", 5_000);
      now = moment(1);
      expect(tailsOf(live.graph, "movie:aliens")).toEqual([]);
      expect(live.stats.reloads).toBe(0);
    } finally {
      await live.close();
    }
  });
});

describe("a fork", () => {
  it("goes its own way, and so does the snapshot that it was taken of", async () => {
    const snapshot = await loadSnapshot(db);
    const before = describeGraph(snapshot);
    const fork = snapshot.fork();
    expect(describeGraph(fork)).toEqual(before);
    const id = films.triples["movie:alien directed_by person:ridley-scott"];
    const [row] = await db.query<{ row: { [column: string]: unknown } }>(
      "select to_jsonb(t) as row from triple t where id = $1",
      [id],
    );
    const gone = { subject: "triple", subjectId: id, before: row.row, after: null } as const;
    expect(fork.apply([gone], "99")).toBe(true);
    expect(fork.tripleCount).toBe(snapshot.tripleCount - 1);
    expect(describeGraph(snapshot)).toEqual(before);
    const edited = describeGraph(fork);
    expect(
      snapshot.apply(
        [{ ...gone, before: null, after: { ...row.row, id: 4_000, confidence: 0.5 }, subjectId: "4000" }],
        "100",
      ),
    ).toBe(true);
    expect(describeGraph(fork)).toEqual(edited);
  });
});

it("reads moments as Postgres writes them, to the millisecond below", () => {
  expect(momentOf("2024-01-02T03:04:05.678999+02:00")).toBe(Date.UTC(2024, 0, 2, 1, 4, 5, 678));
  expect(momentOf("12024-01-01T00:00:00+00:00")).toBe(Date.UTC(12_024, 0, 1));
  expect(momentOf("0044-03-15T00:00:00+00:00 BC")).toBe(Date.UTC(-43, 2, 15)); // there is no year 0: 44 BC is −43
  expect(() => momentOf("soon")).toThrow(/"soon" is no moment/);
});
