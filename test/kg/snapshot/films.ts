import { makeGraph } from "../../../src/kg/snapshot/makeGraph.ts";
import type { Snapshot } from "../../../src/kg/snapshot/Snapshot.ts";
import type { Relation } from "../../../src/kg/types.ts";

export function relation(id: number, key: string): Relation {
  return {
    id,
    key,
    label: key,
    inverseLabel: null,
    domain: null,
    range: null,
    maxPerHead: null,
    symmetric: false,
    revision: 1,
  };
}

/**
 * Alien (1) and Blade Runner (2) by Scott (4); Alien and Solaris (3) of the genre horror or drama (5, 6).
 *   11: 1 directedBy 4   12: 2 directedBy 4   13: 1 hasGenre 5   14: 2 hasGenre 5 (confidence .5)   15: 3 hasGenre 6
 */
export function makeFilms(slackBytes?: number): Snapshot {
  const triple = (id: string, headId: string, relationId: number, tailId: string, confidence = 1) => {
    return { id, headId, relationId, tailId, confidence };
  };
  return makeGraph({
    revision: "7",
    entities: [
      { id: "6", type: "genre", isItem: false },
      { id: "1", type: "movie", isItem: true },
      { id: "2", type: "movie", isItem: true },
      { id: "3", type: "movie", isItem: true },
      { id: "4", type: "person", isItem: false },
      { id: "5", type: "genre", isItem: false },
    ],
    relations: [relation(2, "hasGenre"), relation(1, "directedBy")],
    triples: [
      triple("15", "3", 2, "6"),
      triple("14", "2", 2, "5", 0.5),
      triple("13", "1", 2, "5"),
      triple("12", "2", 1, "4"),
      triple("11", "1", 1, "4"),
    ],
    slackBytes,
  });
}
