import { describe, expect, it } from "vitest";
import { makeGraph } from "../../../src/kg/snapshot/makeGraph.ts";
import type { Relation } from "../../../src/kg/types.ts";
import { bindEmbedding } from "../../../src/ranker/embed/bindEmbedding.ts";
import type { StoredEmbedding } from "../../../src/ranker/embed/packEmbedding.ts";
import { predictLinks } from "../../../src/ranker/embed/predictLinks.ts";

const relation = (id: number, key: string, given: Partial<Relation> = {}): Relation => ({
  ...{ id, key, label: key, inverseLabel: null, domain: null, range: null, maxPerHead: null },
  ...{ symmetric: false, revision: 0, ...given },
});

// Indices 0…7: films A, B, C, persons P, Q, R, a place, and a film that no triple and no vector knows.
const NAMES = ["A", "B", "C", "P", "Q", "R", "place", "new"];
const TYPES = ["film", "film", "film", "person", "person", "person", "place", "film"];
const graph = makeGraph({
  entities: TYPES.map((type, index) => ({ id: `${10 * (index + 1)}`, type, isItem: type === "film" })),
  relations: [
    relation(1, "directed_by", { maxPerHead: 1 }),
    relation(2, "starring"),
    relation(3, "married_to", { symmetric: true }),
    relation(4, "born_in"),
  ],
  triples: [
    [0, 1, 3], // A directed_by P
    [0, 2, 3], // A starring P
    [1, 2, 4], // B starring Q
    [2, 2, 5], // C starring R
    [3, 3, 4], // P married_to Q
    [3, 4, 6], // P born_in place
  ].map(([head, relationId, tail], index) => ({
    ...{ id: `${index + 1}`, headId: `${10 * (head + 1)}`, relationId, tailId: `${10 * (tail + 1)}` },
    confidence: 1,
  })),
});

// TransE in one dimension: films at 0, 1, 2, persons at 10, 11, 12, the place at 20.
// directed_by and starring lead 10 on, married_to 0, born_in 10; so a score is −|h + r − t|.
const stored: StoredEmbedding = {
  embedding: {
    ...{ model: "transe", dimension: 1 },
    entities: Float32Array.of(0, 1, 2, 10, 11, 12, 20),
    relations: Float32Array.of(10, 10, 0, 10),
  },
  calibration: { slope: 1, offsets: new Float32Array(8) },
  entityIds: Float64Array.of(10, 20, 30, 40, 50, 60, 70),
  relationIds: Int32Array.of(1, 2, 3, 4),
};
const bound = bindEmbedding(stored, graph);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

const predict = async (entity: string | null, key: string | null, first = 20) => {
  const links = await predictLinks(bound, {
    entity: entity === null ? null : NAMES.indexOf(entity),
    relation: key === null ? null : graph.relations.findIndex((one) => one.key === key),
    first,
  });
  return links.map((link) => ({
    triple: `${NAMES[link.head]} ${graph.relations[link.relation].key} ${NAMES[link.tail]}`,
    score: link.score,
  }));
};
const triplesOf = (links: readonly { readonly triple: string }[]) => links.map(({ triple }) => triple);

describe("predictLinks", () => {
  it("gives the missing tails of an entity, likeliest first, with their probabilities", async () => {
    // A starring P exists. −|0 + 10 − 11| = −1, −|0 + 10 − 12| = −2.
    expect(await predict("A", "starring")).toEqual([
      { triple: "A starring Q", score: sigmoid(-1) },
      { triple: "A starring R", score: sigmoid(-2) },
    ]);
  });

  it("gives the missing heads where the entity is at the other end", async () => {
    // B to P: −|1 + 10 − 10| = −1; C to P: −2. Films come from the types seen at the head.
    expect(await predict("P", "starring")).toEqual([
      { triple: "B starring P", score: sigmoid(-1) },
      { triple: "C starring P", score: sigmoid(-2) },
    ]);
  });

  it("asks all relations whose ends are of the entity's type", async () => {
    // R is a person: in directed_by and starring a tail, in married_to either end (asked once), in born_in a head.
    // directed_by C: −|2 + 10 − 12| = 0, B −1 (A has its one director); starring B −1, A −2; married_to Q −1, P −2;
    // born_in place −|12 + 10 − 20| = −2.
    const links = await predict("R", null);
    expect(links[0]).toEqual({ triple: "C directed_by R", score: 0.5 });
    expect(triplesOf(links).slice(1, 4).sort()).toEqual([
      "B directed_by R",
      "B starring R",
      "R married_to Q",
    ]);
    expect(triplesOf(links).slice(4).sort()).toEqual(["A starring R", "R born_in place", "R married_to P"]);
  });

  it("asks the heads of a relation, and leaves out a head that has its fill", async () => {
    // B to Q −|1 + 10 − 11| = 0, C to R 0; B to P −1, B to R −1, C to Q −1; C to P −2. A has a director.
    const links = await predict(null, "directed_by");
    expect(triplesOf(links).slice(0, 2)).toEqual(["B directed_by Q", "C directed_by R"]);
    expect(links).toHaveLength(6);
    expect(links.some(({ triple }) => triple.startsWith("A"))).toBe(false);
  });

  it("turns no symmetric triple round and marries nobody to himself", async () => {
    expect(triplesOf(await predict("Q", "married_to"))).toEqual(["Q married_to R"]);
    expect(triplesOf(await predict(null, "married_to"))).not.toContain("Q married_to P");
  });

  it("gives as many as are asked for, the best ones", async () => {
    expect(triplesOf(await predict(null, "directed_by", 2))).toEqual(["B directed_by Q", "C directed_by R"]);
    expect(await predict(null, "directed_by", 0)).toEqual([]);
  });

  it("gives nothing of an entity without a vector, and keeps to declared domains", async () => {
    expect(await predict("new", null)).toEqual([]);
    expect(bound.fits("HEAD", 1, NAMES.indexOf("A"))).toBe(true);
    const strict = makeGraph({
      entities: TYPES.map((type, index) => ({ id: `${10 * (index + 1)}`, type, isItem: true })),
      relations: [relation(2, "starring", { domain: ["series"] })],
      triples: [{ id: "1", headId: "10", relationId: 2, tailId: "40", confidence: 1 }],
    });
    expect(bindEmbedding(stored, strict).fits("HEAD", 0, 0)).toBe(false);
  });

  it("sees a triple that came after the embedding was trained", async () => {
    const later = makeGraph({
      entities: TYPES.map((type, index) => ({ id: `${10 * (index + 1)}`, type, isItem: true })),
      relations: [relation(2, "starring")],
      triples: [
        ["10", "40"],
        ["10", "50"],
      ].map(([headId, tailId], index) => ({
        id: `${index + 1}`,
        headId,
        relationId: 2,
        tailId,
        confidence: 1,
      })),
    });
    const links = await predictLinks(bindEmbedding(stored, later), { entity: 0, relation: 0, first: 9 });
    expect(links.map(({ tail }) => NAMES[tail])).toEqual(["R"]);
  });
});
