import { beforeAll, expect, it } from "vitest";
import type { Found } from "../../../src/kg/shapes/tellBreaches.ts";
import { validateGraph } from "../../../src/kg/shapes/validateGraph.ts";
import type { ShapeDefinition } from "../../../src/kg/types.ts";
import { type Desk, openDesk } from "../curation/support.ts";

const actor = "curator";
const SHAPES: readonly ShapeDefinition[] = [
  { key: "year", type: "movie", attribute: "year", minCount: 1, severity: "WARNING" },
  { key: "one genre", type: "movie", relation: "has_genre", minCount: 1, maxCount: 1 },
  { key: "person stars", relation: "starring", nodeTypes: ["actor"], message: "actors star" },
];
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  for (const shape of SHAPES) await desk.expectWritten(desk.curation.defineShape(shape, { actor }));
  // An import checks no rules: what it writes may break them.
  await desk.db.transaction(async (tx) => {
    await tx.query("select open_change('import', 'test')");
    await tx.query(`
      insert into triple (head_id, relation_id, tail_id) select h.id, r.id, l.id
        from (values ('person:linda-hamilton', 'married_to', 'person:james-cameron'),
                     ('movie:aliens', 'follows', 'movie:titanic'),
                     ('genre:drama', 'directed_by', 'genre:science-fiction'),
                     ('movie:alien', 'has_genre', 'genre:drama')) v(head, relation, tail)
        join entity h on h.key = head join relation r on r.key = relation join entity l on l.key = tail`);
    await tx.query(`update triple set rank = 'DEPRECATED' where id = $1`, [
      desk.films.triples["movie:gladiator has_genre genre:drama"],
    ]);
  });
});

async function validate() {
  const findings: Found[] = [];
  const validation = await validateGraph(desk.db, { onFindings: (page) => void findings.push(...page) });
  return { findings, ...validation };
}

it("finds all that breaks the rules of relations and shapes, and counts it by rule", async () => {
  const { findings, counts, entities, triples } = await validate();
  expect([entities, triples]).toEqual([13, 21]); // 18 live ones, four more, one less
  const told = findings.map(({ severity, code, shape, entity }) => `${severity} ${shape ?? code} ${entity}`);
  expect(told.sort()).toEqual(
    [
      "ERROR DOMAIN_VIOLATION genre:drama",
      "ERROR RANGE_VIOLATION genre:science-fiction",
      "ERROR CARDINALITY_VIOLATION movie:aliens", // follows two films, one is allowed
      "ERROR DUPLICATE_VIOLATION person:james-cameron", // married both ways; the older triple leads from him
      "ERROR one genre movie:alien", // two
      "ERROR one genre movie:gladiator", // none that is live
      "ERROR person stars movie:alien",
      "ERROR person stars movie:aliens",
      "ERROR person stars movie:blade-runner",
      "ERROR person stars movie:terminator",
      ...["alien", "aliens", "blade-runner", "gladiator", "terminator", "titanic"].map(
        (film) => `WARNING year movie:${film}`,
      ),
    ].sort(),
  );
  expect(counts.slice(0, 3)).toEqual([
    { severity: "WARNING", code: "SHAPE_VIOLATION", shape: "year", count: 6 },
    { severity: "ERROR", code: "SHAPE_VIOLATION", shape: "person stars", count: 4 },
    { severity: "ERROR", code: "SHAPE_VIOLATION", shape: "one genre", count: 2 },
  ]);
  const message = (part: string) => findings.find((found) => found.message.includes(part))?.message;
  expect(message("the head")).toBe(
    '"genre:drama" is a genre and the head of a triple; expected one of movie (relation "directed_by")',
  );
  expect(findings.filter((found) => found.message === "actors star")).toHaveLength(4);
});

it("reads entities in pages and tells how far it is", async () => {
  await desk.db.transaction(async (tx) => {
    await tx.query("select open_change('import', 'test')");
    await tx.query(
      `insert into entity (key, type, name) select 'movie:' || n, 'movie', 'M' from generate_series(1, 2500) n`,
    );
  });
  const fractions: number[] = [];
  let largest = 0;
  const { counts } = await validateGraph(desk.db, {
    onFindings: (page) => {
      largest = Math.max(largest, page.length);
    },
    onProgress: (fraction) => void fractions.push(fraction),
  });
  expect(counts.find(({ shape }) => shape === "year")?.count).toBe(2506);
  expect(largest).toBeLessThanOrEqual(1_000);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
});

it("stops where it is told to, and writes nothing", async () => {
  const before = await desk.dump();
  const abort = new AbortController();
  const stopped = validateGraph(desk.db, {
    signal: abort.signal,
    onFindings: () => abort.abort(new Error("enough")),
  });
  await expect(stopped).rejects.toThrow("enough");
  expect(await desk.dump()).toEqual(before);
});
