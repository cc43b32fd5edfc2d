import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Backend, openBackend } from "../../../src/ranker/backend.ts";
import type { Encoder } from "../../../src/ranker/text/Encoder.ts";
import { openUseLite } from "../../../src/ranker/text/useLite/openUseLite.ts";
import { Pieces } from "../../../src/ranker/text/useLite/Pieces.ts";
import { readPackage } from "../../../src/ranker/text/useLite/readPackage.ts";
import { EXPECTED, EXPECTED_OF_300_WORDS, PLACES } from "./expectedVectors.ts";

let backend: Backend;
let encoder: Encoder;

beforeAll(async () => {
  backend = await openBackend("wasm");
  encoder = await openUseLite(backend.tf);
});
afterAll(() => backend.close());

async function encodeOne(text: string): Promise<Float32Array> {
  const [vector] = await encoder.encode([text]);
  if (!vector) throw new Error(`"${text}" got no vector; expected one`);
  return vector;
}

describe("the English encoder", () => {
  it("gives the vectors that the package's own code gives", async () => {
    const vectors = await encoder.encode(EXPECTED.map(({ text }) => text));
    for (const [row, { text, at }] of EXPECTED.entries()) {
      for (const [k, place] of PLACES.entries()) expect(vectors[row]?.[place], text).toBeCloseTo(at[k], 5);
    }
  });

  it("reads the first 128 tokens", async () => {
    const words = (count: number) => Array(count).fill("word").join(" ");
    const [long, longer] = [await encodeOne(words(300)), await encodeOne(words(400))];
    for (const [k, place] of PLACES.entries()) expect(long[place]).toBeCloseTo(EXPECTED_OF_300_WORDS[k], 5);
    expect(longer).toEqual(long);
    expect(encoder.countTokens(words(300))).toBe(300);
  });

  it("gives vectors of length 1, whatever stands beside a text", async () => {
    const texts = [...EXPECTED.map(({ text }) => text), "word ".repeat(100)];
    const together = await encoder.encode(texts);
    for (const [at, text] of texts.entries()) {
      const alone = await encodeOne(text);
      const cosine = alone.reduce((sum, value, k) => sum + value * together[at]![k], 0);
      expect(Math.hypot(...alone)).toBeCloseTo(1, 5);
      expect(cosine).toBeCloseTo(1, 5);
    }
  });

  it("collapses white space first", async () => {
    expect(await encodeOne("  A cat\n\tsat on   the mat. ")).toEqual(
      await encodeOne("A cat sat on the mat."),
    );
  });

  it("tells alike films from others", async () => {
    const [alien, runner, romance] = await encoder.encode([
      "A crew in space meets a deadly alien creature",
      "Astronauts on a spaceship are hunted by a monster",
      "Two people fall in love on a train to Vienna",
    ]);
    const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, k) => sum + value * b[k], 0);
    expect(cosine(alien!, runner!)).toBeGreaterThan(cosine(alien!, romance!) + 0.1);
  });

  it("gives no vector to a text in a script that it has no pieces for, and says so", async () => {
    const texts = ["千と千尋の神隠し", "살인의 추억", "Москва слезам не верит", "🎬", "", "1984"];
    expect(texts.map((text) => encoder.whyNot(text))).toEqual([
      "no pieces for Han",
      "no pieces for Hangul",
      "no pieces for Cyrillic",
      "no letters and no digits",
      "no letters and no digits",
      null,
    ]);
    const vectors = await encoder.encode(texts);
    expect(vectors.map((vector) => vector?.length ?? null)).toEqual([null, null, null, null, null, 512]);
  });

  it("encodes a mostly Latin text with some letters of another script", () => {
    // 12 Latin letters of 19: the 7 others are less than half.
    expect(encoder.whyNot("Spirited Away (千と千尋神隠し)")).toBe(null);
  });

  it("leaves no tensor behind", async () => {
    const before = backend.tf.memory().numTensors;
    await encoder.encode(EXPECTED.map(({ text }) => text));
    expect(backend.tf.memory().numTensors).toBe(before);
  });
});

describe("its tokenizer", () => {
  it("cuts as sentencepiece does", async () => {
    const pieces = new Pieces((await readPackage()).vocabulary);
    for (const { text, tokens } of EXPECTED) expect(pieces.tokenize(text)).toEqual(tokens);
  });

  it("finds the most probable cut, not the longest piece first", () => {
    // "▁abc": ▁ab + c scores −2 − 9 = −11, ▁a + bc scores −3 − 4 = −7.
    const reserved = Array.from({ length: 6 }, (_, token) => [`<${token}>`, 0] as const);
    const pieces = new Pieces([...reserved, ["▁ab", -2], ["c", -9], ["▁a", -3], ["bc", -4]]);
    expect(pieces.tokenize("abc")).toEqual([8, 9]);
  });

  it("makes one unknown token of a run of characters without a piece, surrogate pairs too", () => {
    const reserved = Array.from({ length: 6 }, (_, token) => [`<${token}>`, 0] as const);
    const pieces = new Pieces([...reserved, ["▁", -1], ["a", -2]]);
    expect(pieces.tokenize("a🎬🎬é")).toEqual([6, 7, 0]);
  });
});
