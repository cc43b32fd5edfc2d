import { describe, expect, it } from "vitest";
import type { Evidence } from "../../src/ranker/types.ts";
import type { Explanation } from "../../src/recommend/types.ts";
import { comparisonSentence } from "../../src/sentence/comparisonSentence.ts";
import { explanationSentence } from "../../src/sentence/explanationSentence.ts";
import { back, names, out, together, told } from "./tale.ts";

const byScott = told([out("Alien", 1, "Ridley Scott"), back("Ridley Scott", 1, "Gladiator")]);
const byPeople = told([together("Alien", "Gladiator")], { contribution: 0.5 });
const against = told([together("Alien", "Heidi")], { contribution: -2 });

function explained(item: string, evidence: readonly Evidence[], popularity = 0): Explanation {
  const value = evidence.reduce((sum, { contribution }) => sum + contribution, 0);
  return {
    item,
    score: value + popularity,
    bias: 0,
    rank: 1,
    source: "PERSONAL",
    whyNot: null,
    components: [
      { kind: "KNOWLEDGE", vectors: null, weight: 1, value, otherEvidence: 0, otherEvidenceCount: 0 },
      {
        kind: "ITEM",
        vectors: null,
        weight: 1,
        value: popularity,
        otherEvidence: popularity,
        otherEvidenceCount: 0,
      },
    ],
    evidence,
    ownTriples: [],
    explainedFraction: 1,
    model: {
      id: "1",
      digest: "",
      configDigest: "",
      config: {},
      dataRevision: "1",
      metrics: {},
      createdAt: new Date(0),
    },
    graphRevision: "1",
    history: byScott.history,
    counterfactual: async () => [],
  };
}

describe("an explanation in words", () => {
  it("uses the strongest evidence", () => {
    expect(explanationSentence(explained("Gladiator", [byScott, byPeople]), names)).toBe(
      "because you rated Alien, also directed by Ridley Scott",
    );
  });

  it("prefers what speaks for the item to what is stronger and speaks against it", () => {
    expect(explanationSentence(explained("Gladiator", [against, byPeople]), names)).toBe(
      "because people who rated Alien also rated it",
    );
    expect(explanationSentence(explained("Heidi", [against]), names)).toBe(
      "less so because people who rated Alien also rated it",
    );
  });

  it("says so where popularity is all there is", () => {
    expect(explanationSentence(explained("Titanic", [], 0.3), names)).toBe("popular with everyone here");
    const weightless = {
      kind: "ITEM",
      vectors: null,
      weight: 0,
      value: 0,
      otherEvidence: 0,
      otherEvidenceCount: 7,
    } as const;
    const counted = { ...explained("Titanic", []), components: [weightless] };
    expect(explanationSentence(counted, names)).toBe("popular with everyone here");
  });

  it("says so where there is nothing", () => {
    expect(explanationSentence(explained("Heidi", []), names)).toBe(
      "no evidence links Heidi to what you did",
    );
  });
});

describe("a comparison in words", () => {
  const compared = (item: Explanation, over: Explanation, because: readonly Evidence[]) =>
    comparisonSentence({ item, over, because, difference: item.score - over.score }, names);

  it("names the winner, the loser and the evidence that decides", () => {
    const [gladiator, heidi] = [explained("Gladiator", [byScott]), explained("Heidi", [])];
    const sentence = "Gladiator comes before Heidi because you rated Alien, also directed by Ridley Scott";
    expect(compared(gladiator, heidi, [byScott])).toBe(sentence);
    expect(compared(heidi, gladiator, [byScott])).toBe(sentence);
  });

  it("names the winner where “it” would not be clear", () => {
    expect(compared(explained("Gladiator", [byPeople]), explained("Heidi", []), [byPeople])).toBe(
      "Gladiator comes before Heidi because people who rated Alien also rated Gladiator",
    );
  });

  it("tells what counts against the loser where nothing is listed for the winner", () => {
    expect(compared(explained("Titanic", []), explained("Heidi", [against]), [against])).toBe(
      "Titanic comes before Heidi: Heidi counts less so because people who rated Alien also rated Heidi",
    );
  });

  it("says so where no path decides", () => {
    expect(compared(explained("Titanic", [], 1), explained("Heidi", []), [])).toBe(
      "Titanic comes before Heidi by parts of the score that no path names",
    );
    expect(compared(explained("Titanic", []), explained("Heidi", []), [])).toBe(
      "Titanic and Heidi score the same",
    );
  });
});
