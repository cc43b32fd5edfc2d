import { shuffle } from "../../optimise/shuffle.ts";
import { Random } from "../../random.ts";
import type { Facts } from "./makeFacts.ts";

/** Gives each item the facts of another: the graph keeps its degrees and its shape, and loses its meaning. */
export function shuffleFacts(facts: Facts, items: number, seed: number): Facts {
  const other = shuffle(
    Int32Array.from({ length: items }, (_, item) => item),
    new Random(seed),
  );
  return { ...facts, item: facts.item.map((item) => other[item]) };
}
