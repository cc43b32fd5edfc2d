import { describe, expect, it } from "vitest";
import { compareLiterals } from "../../../src/reader/reconcile/compareLiterals.ts";
import { likenessOf } from "../../../src/reader/reconcile/likenessOf.ts";
import { rankCandidates } from "../../../src/reader/reconcile/rankCandidates.ts";
import { readName } from "../../../src/reader/reconcile/readName.ts";
import type { ScoredCandidate } from "../../../src/reader/reconcile/scoreCandidate.ts";
import { named } from "../../text/support.ts";

it.each([
  ["1979", 1979, 1],
  [1980, "1979", 0.5], // years are often one off
  ["1981", 1979, 0],
  ["8.5", 8.5, 1],
  ["8.5", 9.5, 0], // only whole numbers are one off
  ["1e3", 1000, 1],
  ["1979-05-25T00:00:00Z", "1979-05-25", 1], // as OpenRefine writes a day
  ["1979-05", "1979-05-25", 1],
  ["1979-06", "1979-05-25", 0],
  ["true", true, 1],
  ["Spaec", "space", 0.776], // two letters swapped, 1 of 5: 0.8 × 0.97
  ["crew", "space", 0], // less than 0.7 alike is something else
])("compares %s with %s as %d", (asked, literal, expected) => {
  expect(compareLiterals(asked, literal)).toBeCloseTo(expected, 12);
});

describe("names", () => {
  it.each([
    ["Alien", null, null],
    ["Alien (1979 film)", "Alien", 1979],
    ["Alien [film]", "Alien", null],
    ["M*A*S*H (12345)", "M*A*S*H", null],
    ["(500) Days of Summer", null, null],
    ["(1979)", null, null],
  ])("read %s", (text, bare, year) => {
    expect(readName(text)).toEqual({ text, bare, year });
  });

  it("count by the likest of an entity's names", () => {
    const entity = named(1, "Seven", { aliases: ["Se7en"], year: 1995 });
    expect(likenessOf(readName("se7en"), entity)).toEqual({ likeness: 0.98, byAlias: true });
    expect(likenessOf(readName("Seven (1996)"), entity)).toEqual({ likeness: 0.97, byAlias: false });
    expect(likenessOf(readName("Seven (1999)"), entity).likeness).toBeCloseTo(0.97 * 0.6, 12);
  });
});

describe("a match", () => {
  const scored = (id: number, score: number, more: Partial<ScoredCandidate> = {}): ScoredCandidate => ({
    ...{ entity: named(id, "Heat"), score, features: [], isDoubtful: false, degree: 0 },
    ...more,
  });
  const matches = (...candidates: ScoredCandidate[]) =>
    rankCandidates(candidates).map(({ entity, match }) => [entity.id, match]);

  it("has 80 points, and 8 more than the second", () => {
    expect(matches(scored(1, 80))).toEqual([["1", true]]);
    expect(matches(scored(1, 79.9))).toEqual([["1", false]]);
    expect(matches(scored(1, 84), scored(2, 92))).toEqual([
      ["2", true],
      ["1", false],
    ]);
    expect(matches(scored(1, 85), scored(2, 92))).toEqual([
      ["2", false],
      ["1", false],
    ]);
  });

  it("is nothing that something tells against, and nothing without a point", () => {
    expect(matches(scored(1, 100, { isDoubtful: true }))).toEqual([["1", false]]);
    expect(matches(scored(1, 0))).toEqual([]);
  });

  it("leaves equals in the order of their triples", () => {
    expect(matches(scored(1, 90), scored(2, 90, { degree: 3 }), scored(3, 90))).toEqual([
      ["2", false],
      ["1", false],
      ["3", false],
    ]);
  });
});
