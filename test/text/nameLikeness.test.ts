import { describe, expect, it } from "vitest";
import { editDistance } from "../../src/text/editDistance.ts";
import { nameLikeness } from "../../src/text/nameLikeness.ts";

describe("editDistance", () => {
  it.each([
    ["alien", "alien", 0],
    ["alien", "aliens", 1], // one more
    ["alein", "alien", 1], // two swapped
    ["kubrik", "kubrick", 1],
    ["", "heat", 4],
    ["kitten", "sitting", 3], // k→s, e→i, +g
  ])("between %s and %s is %i", (a, b, edits) => {
    expect(editDistance(a, b)).toBe(edits);
    expect(editDistance(b, a)).toBe(edits);
  });
});

describe("nameLikeness", () => {
  it.each([
    ["is 1 without case, accents and punctuation", "AMELIE!", "Amélie", 1],
    ["is 0 where there is nothing to compare", "…", "Alien", 0],
    // 1 − 1/6 either way, × 0.97 since they are not equal
    ["counts edits by the longer name", "Alien", "Aliens", (0.97 * 5) / 6],
    // 11 letters each, in one row the same
    ["joins words", "Bladerunner", "Blade Runner", 0.97],
    ["takes words in any order", "Scott, Ridley", "Ridley Scott", 0.97],
    // "terminator" 10 + 10 letters, "the" counts 1 of 21 in all
    ["counts common words as one letter", "Terminator", "The Terminator", (0.97 * 20) / 21],
    // "j" may be "james": 0.75 × (1 + 5), "cameron" 7 + 7; of 6 + 14
    ["lets an initial stand for a name", "J. Cameron", "James Cameron", (0.97 * (0.75 * 6 + 14)) / 20],
    // equal but for the roman number
    ["reads roman numbers", "Rocky II", "Rocky 2", 0.97],
    // letters: 1 of 6 wrong; words: 5 + 5 of 12
    ["says less where numbers differ", "Rocky 2", "Rocky 3", (0.97 * 0.6 * 5) / 6],
    // letters: 11 of 11 and 22; words: "terminator" and "2", 11 + 11 of 11 + 22
    ["counts what is left out", "Terminator 2", "Terminator 2: Judgment Day", (0.97 * 22) / 33],
    ["finds nothing alike where nothing is", "Alien", "Gump", 0],
  ])("%s", (_, asked, name, expected) => {
    expect(nameLikeness(asked, name)).toBeCloseTo(expected, 12);
  });

  it("reads 100 letters of a name", () => {
    expect(nameLikeness("a".repeat(100), "a".repeat(5_000))).toBe(1);
  });
});
