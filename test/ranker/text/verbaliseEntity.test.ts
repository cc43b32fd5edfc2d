import { describe, expect, it } from "vitest";
import { makeGraph } from "../../../src/kg/snapshot/makeGraph.ts";
import type { Relation } from "../../../src/kg/types.ts";
import { findFacts } from "../../../src/ranker/text/findFacts.ts";
import { verbaliseEntity } from "../../../src/ranker/text/verbaliseEntity.ts";

function relation(id: number, label: string, inverseLabel: string | null, symmetric = false): Relation {
  const rules = { domain: null, range: null, maxPerHead: null, revision: 0 };
  return { id, key: label, label, inverseLabel, symmetric, ...rules };
}

const RELATIONS = [
  relation(1, "directed by", "directed"),
  relation(2, "has genre", null),
  relation(3, "related to", null, true),
];
const NAMES = ["Alien", "Aliens", "Ridley Scott", "Horror", "Science Fiction"];

/** Entities 1…size, of which 1 and 2 are films; triples as [head, relation, tail, confidence]. */
function makeFilms(triples: readonly (readonly [number, number, number, number?])[], size = NAMES.length) {
  return makeGraph({
    entities: Array.from({ length: size }, (_, at) => ({ id: `${at + 1}`, type: "thing", isItem: at < 2 })),
    relations: RELATIONS,
    triples: triples.map(([head, relationId, tail, confidence = 1], at) => ({
      ...{ id: `${at + 1}`, headId: `${head}`, relationId, tailId: `${tail}`, confidence },
    })),
  });
}

const FILMS = makeFilms([
  [1, 2, 4],
  [1, 2, 5],
  [1, 1, 3],
  [2, 3, 1],
]);

/** An encoder whose tokens are words. */
const words = (maxTokens: number) => ({ maxTokens, countTokens: (text: string) => text.split(" ").length });

function word(index: number, options: { maxTokens?: number; description?: string } = {}) {
  return verbaliseEntity(
    {
      ...{ name: NAMES[index], facts: findFacts(FILMS, index), nameOf: (other: number) => NAMES[other] },
      description: options.description ?? null,
    },
    words(options.maxTokens ?? 100),
  );
}

describe("an entity in words", () => {
  it("has its name, its triples by relation, and its description with white space collapsed", () => {
    const { text, content } = word(0, { description: "The  crew\nof a ship." });
    expect(text).toBe(
      "Alien. directed by Ridley Scott; has genre Horror, Science Fiction; related to Aliens. The crew of a ship.",
    );
    expect(content).toBe("Alien Ridley Scott Horror Science Fiction Aliens The crew of a ship.");
  });

  it("says a triple from its other end by the inverse label, or else with the head first", () => {
    expect(word(2).text).toBe("Ridley Scott. directed Alien");
    expect(word(3).text).toBe("Horror. Alien has genre");
  });

  it("loses the end of its description first, then triples, and fills what room is left", () => {
    const description = "The crew of a ship";
    // Without the description: 1 + 4 + 5 + 3 = 13 words.
    const cut = (maxTokens: number) => word(0, { maxTokens, description }).text;
    expect(cut(15)).toBe(
      "Alien. directed by Ridley Scott; has genre Horror, Science Fiction; related to Aliens. The crew",
    );
    expect(cut(12)).toBe("Alien. directed by Ridley Scott; has genre Horror, Science Fiction. The crew");
    expect(cut(5)).toBe("Alien. directed by Ridley Scott");
    expect(cut(1)).toBe("Alien");
    expect(word(0, { maxTokens: 5 }).content).toBe("Alien Ridley Scott");
  });

  it("names the eight surest neighbours of a hub", () => {
    // 20 films of genre 1; film 3 + k has the confidence k / 20, so the surest eight are 22, 21 … 15.
    const hub = makeFilms(
      Array.from({ length: 20 }, (_, k) => [3 + k, 2, 1, k / 20] as const),
      22,
    );
    const [fact] = findFacts(hub, 0);
    expect(fact.neighbours.map((index) => hub.idOf(index))).toEqual([
      "22",
      "21",
      "20",
      "19",
      "18",
      "17",
      "16",
      "15",
    ]);
    expect([fact.inverse, fact.relation.label]).toEqual([true, "has genre"]);
  });

  it("leaves out those whose name is not known", () => {
    const known = { name: "Alien", description: null, facts: findFacts(FILMS, 0) };
    const nameOf = (index: number) => (index === 2 || index === 3 ? "" : NAMES[index]);
    expect(verbaliseEntity({ ...known, nameOf }, words(100)).text).toBe(
      "Alien. has genre Science Fiction; related to Aliens",
    );
  });
});
