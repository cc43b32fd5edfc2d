import type { Graph } from "../../kg/types.ts";
import { nameForm } from "../atoms.ts";
import type { NamedEntity } from "../types.ts";

/** What tells for and against two entities being one. */
export interface PairSigns {
  readonly a: NamedEntity;
  readonly b: NamedEntity;
  /** Of their names, 0…1. */
  readonly similarity: number;
  readonly attributes: readonly [Attributes, Attributes];
}
export type Attributes = { readonly [key: string]: unknown };

/** A score with the reasons for it, in words. */
export interface PairScore {
  /** 0…1 */
  readonly score: number;
  readonly reasons: readonly string[];
}

interface Sign {
  readonly weight: number;
  readonly reason: string | null;
}

const PRIOR = -3.5; // log-odds of a pair whose names are half alike, and of which nothing else is known
const NUMERAL = /^(?:\d+|[ivx]+)$/;

/**
 * Scores how likely two entities are one: the logistic function of a sum of signs, weighed by hand. Names that are
 * alike speak for it, shared neighbours by how much rarer they are than chance would share (log N/degree), equal
 * attributes; against it speak another type, another number in the name, as sequels have, and attributes in
 * conflict, a year by more than one above all.
 */
export function scorePair(signs: PairSigns, graph: Graph): PairScore {
  const found = [
    nameSign(signs),
    typeSign(signs),
    numeralSign(signs),
    neighbourSign(signs, graph),
    ...attributeSigns(signs.attributes),
  ];
  const odds = found.reduce((sum, { weight }) => sum + weight, PRIOR);
  const reasons = found.flatMap(({ reason }) => (reason === null ? [] : [reason]));
  return { score: 1 / (1 + Math.exp(-odds)), reasons };
}

function nameSign({ similarity, a, b }: PairSigns): Sign {
  const weight = 10 * (similarity - 0.5);
  if (similarity < 1) return { weight, reason: `names ${Math.round(100 * similarity)}% alike` };
  const equal = nameForm(a.name) === nameForm(b.name);
  return {
    weight: equal ? weight : weight - 0.5,
    reason: equal ? "equal names" : "the name of one is an alias",
  };
}

function typeSign({ a, b }: PairSigns): Sign {
  if (a.type === b.type) return { weight: 0, reason: null };
  return { weight: -5, reason: `a ${a.type} and a ${b.type}` };
}

function numeralSign({ a, b }: PairSigns): Sign {
  const numerals = ({ name }: NamedEntity) =>
    nameForm(name)
      .split(" ")
      .filter((word) => NUMERAL.test(word))
      .join(" ");
  const [of, other] = [numerals(a), numerals(b)];
  if (of === other) return { weight: 0, reason: null };
  return { weight: -4, reason: `numbers in the names differ: ${of || "none"} and ${other || "none"}` };
}

function neighbourSign({ a, b }: PairSigns, graph: Graph): Sign {
  const [near, other] = [neighboursOf(a, graph), neighboursOf(b, graph)];
  if (near.size === 0 || other.size === 0) return { weight: 0, reason: null };
  const total = (of: ReadonlyMap<string, number>) =>
    [...of.values()].reduce((sum, weight) => sum + weight, 0);
  const shared = [...near].filter(([name]) => other.has(name));
  const share = total(new Map(shared)) / Math.min(total(near), total(other));
  const reason = shared.length > 0 ? `${shared.length} triples in common` : "no triple in common";
  return { weight: 4 * share - (Math.min(near.size, other.size) > 1 ? 1.5 : 0.5), reason };
}

/** What stands at the other end of an entity's triples, weighed by how rare it is: log(N / degree). */
function neighboursOf({ id }: NamedEntity, graph: Graph): Map<string, number> {
  const index = graph.indexOf(id);
  const found = new Map<string, number>();
  if (index < 0) return found;
  const sides = [graph.out(index), graph.in(index)];
  sides.forEach(({ start, end, neighbour, relation }, side) => {
    for (let at = start; at < end; at++) {
      const next = neighbour[at];
      const [out, into] = [graph.out(next), graph.in(next)];
      const degree = out.end - out.start + into.end - into.start;
      found.set(`${side} ${relation[at]} ${next}`, Math.log(graph.size / Math.max(1, degree)) + 0.01);
    }
  });
  return found;
}

function attributeSigns([of, other]: PairSigns["attributes"]): Sign[] {
  const signs: Sign[] = [];
  let agreed = 0;
  let differing = 0;
  for (const [key, value] of Object.entries(of)) {
    const its = other[key];
    if (!isScalar(value) || !isScalar(its)) continue;
    if (value === its) agreed++;
    else if (key === "year" && Math.abs(Number(value) - Number(its)) > 1) {
      signs.push({ weight: -4, reason: `year ${value} and ${its}` });
    } else {
      differing++;
      if (differing === 1) signs.push({ weight: 0, reason: `${key} ${value} and ${its}` });
    }
  }
  signs.push({ weight: Math.min(2, agreed * 0.7) - Math.min(2, differing * 0.5), reason: null });
  if (agreed > 0) signs.push({ weight: 0, reason: `${agreed} equal attributes` });
  return signs;
}

function isScalar(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
