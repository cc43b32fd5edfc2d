import { parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, it } from "vitest";
import type { WhyNot } from "../../src/recommend/types.ts";
import { comparisonSentence } from "../../src/sentence/comparisonSentence.ts";
import { evidenceSentence } from "../../src/sentence/evidenceSentence.ts";
import { explanationSentence } from "../../src/sentence/explanationSentence.ts";
import { impactSentence } from "../../src/sentence/impactSentence.ts";
import { findLanguage, LANGUAGES, speak } from "../../src/sentence/language.ts";
import { en } from "../../src/sentence/messages/en.ts";
import { zh } from "../../src/sentence/messages/zh.ts";
import { whyNotSentence } from "../../src/sentence/whyNotSentence.ts";
import { alike, back, namesIn, out, together, told } from "./tale.ts";

const names = namesIn("zh");
const say = (...path: Parameters<typeof told>) => evidenceSentence(told(...path), names);

describe("the catalogues", () => {
  it("have the same messages, with the same values in each", () => {
    expect(LANGUAGES).toEqual(["en", "zh"]);
    expect(Object.keys(zh)).toEqual(Object.keys(en));
    for (const [key, message] of Object.entries(en)) {
      const used = [...valuesOf(zh[key as keyof typeof en])];
      for (const value of used) expect(valuesOf(message), key).toContain(value);
      // Chinese has no verb forms to tell apart; whatever else is said must be said in both.
      const silent = [...valuesOf(message)].filter((value) => !used.includes(value) && value !== "verbal");
      expect(silent, key).toEqual([]);
    }
  });

  it.each([
    [["zh-Hans-CN", "en"], "zh"],
    [["fr", "EN-gb"], "en"],
    [["fr"], null],
    [["fr", "*"], "en"],
    [[], null],
  ])("of those wanted in %j give %s", (wanted, found) => {
    expect(findLanguage(wanted)).toBe(found);
  });

  it("refuse to speak what they do not have", () => {
    expect(() => speak("fr")).toThrow("there are no sentences in fr; expected en or zh");
  });
});

describe("evidence in Chinese", () => {
  it("names what both ends share", () => {
    expect(say([out("异形", 1, "斯科特"), back("斯科特", 1, "银翼杀手")])).toBe(
      "因为您评价过“异形”，二者的“directed by”都是“斯科特”",
    );
    expect(say([out("甲", 7, "乙"), back("乙", 1, "丙")])).toBe(
      "因为您评价过“甲”，其“starring”是“乙”，而这一项的“directed by”也是“乙”",
    );
    expect(say([back("甲", 3, "乙"), out("乙", 3, "丙")])).toBe(
      "因为您评价过“甲”；“甲”和“丙”的“made”都与“乙”相连",
    );
  });

  it("says what people did", () => {
    expect(say([together("甲", "乙")])).toBe("因为评价过“甲”的人也评价过这一项");
    expect(say([together("甲", "乙")], { kind: "listen", contribution: -1 })).toBe(
      "稍作扣分，因为听过“甲”的人也听过这一项",
    );
    expect(say([together("甲", "乙"), out("乙", 1, "丁"), back("丁", 1, "丙")], { kind: "view" })).toBe(
      "因为您看过“甲”；看过“甲”的人也看过“乙”，而且“乙”和“丙”的“directed by”都与“丁”相连",
    );
  });

  it("tells direct triples, interests, a session and likeness", () => {
    expect(say([out("甲", 4, "乙")])).toBe("因为您评价过“甲”，其“followed by”是“乙”");
    expect(say([back("斯科特", 1, "异形")], { kind: "interest" })).toBe(
      "因为您关注“斯科特”：这一项的“directed by”是“斯科特”",
    );
    expect(say([alike("甲", "乙")], { kind: "session" })).toBe("因为您刚刚选择了“甲”，二者的描述相近");
    expect(say([alike("甲", "乙")], { kind: null })).toBe("和“甲”一样，二者的描述相近");
    expect(say([])).toBe("因为有路径说不出的原因");
  });
});

describe("whole answers in both languages", () => {
  const byScott = told([out("Alien", 1, "Scott"), back("Scott", 1, "Gladiator")]);
  const explained = {
    item: "Gladiator",
    score: 1,
    evidence: [byScott],
    components: [],
    history: byScott.history,
  };
  const explanation = (more: object) => ({ ...explained, source: "PERSONAL", ...more }) as never;

  it.each([
    [
      "en",
      "because you rated Alien, also directed by Scott",
      "chosen more and more these days",
      "featured here",
    ],
    ["zh", "因为您评价过“Alien”，二者的“directed by”都是“Scott”", "最近选择的人越来越多", "本站推荐"],
  ])("explain in %s", (language, personal, trending, boosted) => {
    const own = namesIn(language);
    expect(explanationSentence(explanation({}), own)).toBe(personal);
    expect(explanationSentence(explanation({ evidence: [], source: "TRENDING" }), own)).toBe(trending);
    expect(explanationSentence(explanation({ evidence: [], source: "BOOSTED" }), own)).toBe(boosted);
  });

  it("compare, tell what an edit does, and why not", () => {
    const over = explanation({ item: "Heidi", score: 0, evidence: [] });
    const compared = { item: explanation({}), over, difference: 1, because: [byScott] };
    expect(comparisonSentence(compared as never, names)).toBe(
      "“Gladiator”排在“Heidi”之前，因为您评价过“Alien”，二者的“directed by”都是“Scott”",
    );
    const impact = {
      ...{ item: "Gladiator", before: { rank: 3, score: 1 }, after: { rank: 1, score: 2 } },
      ...{ because: [{ evidence: byScott, before: 0, after: 1 }], history: byScott.history },
    };
    expect(impactSentence(impact, names)).toBe(
      "“Gladiator”从第3名升至第1名：新增的理由是“因为您评价过“Alien”，二者的“directed by”都是“Scott””",
    );
    const outranked: WhyNot = { reason: "OUTRANKED", rank: 14, scoreGap: 0.12345, top: 10 };
    expect(whyNotSentence(outranked, speak("zh"))).toBe("这一项排第14，距第10名还差0.123。");
    expect(whyNotSentence(outranked, speak("en"))).toBe("The item is at rank 14, 0.123 short of rank 10.");
    expect(whyNotSentence({ ...outranked, rank: null, scoreGap: null }, speak("en"))).toBe(
      "The item is outside the candidates.",
    );
  });
});

/** The values that a message takes. */
function valuesOf(message: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (elements: ReturnType<typeof parse>): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      found.add(element.value);
      if (element.type === TYPE.select) for (const { value } of Object.values(element.options)) visit(value);
    }
  };
  visit(parse(message));
  return found;
}
