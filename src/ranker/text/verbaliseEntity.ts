import type { Edges, Graph, Relation } from "../../kg/types.ts";
import { collapseSpace } from "./collapseSpace.ts";
import type { Encoder } from "./Encoder.ts";

/** What the graph itself does not hold. */
export interface Wording {
  nameOf(index: number): string;
  readonly description: string | null;
  /** The text is cut to what this encoder reads. */
  readonly encoder: Pick<Encoder, "maxTokens" | "countTokens">;
}

export interface EntityText {
  /** "Alien. directed by Ridley Scott; has genre Horror, Science Fiction. The crew of …" */
  readonly text: string;
  /** The text without the labels of relations: what tells which script the entity is written in. */
  readonly content: string;
}

const MOST_NAMES = 8; // per relation and direction, the surest first

interface Fact {
  readonly phrase: string;
  readonly names: readonly string[];
}

/**
 * Words an entity for an encoder: its name, its triples by relation (those that leave it first), its
 * description. What passes the encoder's tokens is cut at the end: first words of the description, then
 * triples. The same graph and names give the same text.
 */
export function verbaliseEntity(graph: Graph, index: number, wording: Wording): EntityText {
  const { nameOf, description, encoder } = wording;
  const fits = (text: string) => encoder.countTokens(text) <= encoder.maxTokens;
  const name = collapseSpace(nameOf(index));
  const facts = [
    ...listFacts(graph, graph.out(index), nameOf),
    ...listFacts(graph, graph.in(index), nameOf, true),
  ];
  const join = (count: number) =>
    [name, ...(count > 0 ? [joinPhrases(facts.slice(0, count))] : [])].join(". ");
  const kept = countFitting(facts.length, (count) => fits(join(count)));
  const words = collapseSpace(description ?? "")
    .split(" ")
    .filter(Boolean);
  const describe = (count: number) => (count > 0 ? `. ${words.slice(0, count).join(" ")}` : "");
  const told = countFitting(words.length, (count) => fits(join(kept) + describe(count)));
  const content = [name, ...facts.slice(0, kept).flatMap(({ names }) => names), ...words.slice(0, told)];
  return { text: join(kept) + describe(told), content: content.join(" ") };
}

function joinPhrases(facts: readonly Fact[]): string {
  return facts.map(({ phrase }) => phrase).join("; ");
}

/** The most of 0…size that fit, where each one more takes more room. */
function countFitting(size: number, fits: (count: number) => boolean): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** One fact per relation, in the order of the edges, which is by relation and neighbour. */
function listFacts(graph: Graph, edges: Edges, nameOf: Wording["nameOf"], inverse = false): Fact[] {
  const facts: Fact[] = [];
  for (let start = edges.start; start < edges.end; ) {
    const relation = edges.relation[start];
    let end = start;
    while (end < edges.end && edges.relation[end] === relation) end++;
    const names = surest(edges, start, end).map((at) => collapseSpace(nameOf(edges.neighbour[at])));
    facts.push({ phrase: wordFact(graph.relations[relation], names.join(", "), inverse), names });
    start = end;
  }
  return facts;
}

/** "directed Alien" of the director where the relation has an inverse label, "Alien directed by" where not. */
function wordFact({ label, inverseLabel, symmetric }: Relation, names: string, inverse: boolean): string {
  if (!inverse || symmetric) return `${label} ${names}`;
  return inverseLabel === null ? `${names} ${label}` : `${inverseLabel} ${names}`;
}

function surest({ confidence }: Edges, start: number, end: number): number[] {
  const all = Array.from({ length: end - start }, (_, offset) => start + offset);
  if (all.length <= MOST_NAMES) return all;
  return all.sort((a, b) => confidence[b] - confidence[a] || a - b).slice(0, MOST_NAMES);
}
