import { collapseSpace } from "./collapseSpace.ts";
import type { Encoder } from "./Encoder.ts";
import type { Fact } from "./findFacts.ts";

/** What is known of an entity. */
export interface Known {
  readonly name: string;
  readonly description: string | null;
  readonly facts: readonly Fact[];
  /** Name of an entity by its index. */
  nameOf(index: number): string;
}

export interface EntityText {
  /** "Alien. directed by Ridley Scott; has genre Horror, Science Fiction. The crew of …" */
  readonly text: string;
  /** The text without the labels of relations: what tells which script the entity is written in. */
  readonly content: string;
}

/**
 * Words an entity for an encoder: its name, then the facts that fit into the encoder's tokens, then as many words of
 * its description as there is room for. The same knowledge gives the same text.
 */
export function verbaliseEntity(
  known: Known,
  { maxTokens, countTokens }: Pick<Encoder, "maxTokens" | "countTokens">,
): EntityText {
  const fits = (text: string) => countTokens(text) <= maxTokens;
  const name = collapseSpace(known.name);
  const facts = known.facts.flatMap(({ neighbours, ...fact }) => {
    const names = neighbours.map((index) => collapseSpace(known.nameOf(index))).filter(Boolean);
    return names.length > 0 ? [{ names, phrase: wordFact(fact, names.join(", ")) }] : [];
  });
  const words = collapseSpace(known.description ?? "")
    .split(" ")
    .filter(Boolean);
  const phrases = facts.map(({ phrase }) => phrase);
  const kept = countFitting(facts.length, (count) => fits(join(name, phrases.slice(0, count), [])));
  const told = countFitting(words.length, (count) =>
    fits(join(name, phrases.slice(0, kept), words.slice(0, count))),
  );
  return {
    text: join(name, phrases.slice(0, kept), words.slice(0, told)),
    content: [name, ...facts.slice(0, kept).flatMap(({ names }) => names), ...words.slice(0, told)].join(" "),
  };
}

function join(name: string, phrases: readonly string[], words: readonly string[]): string {
  return [name, phrases.join("; "), words.join(" ")].filter((part) => part !== "").join(". ");
}

/** "directed Alien" of the director where the relation has an inverse label, "Alien directed by" where not. */
function wordFact({ relation, inverse }: Omit<Fact, "neighbours">, names: string): string {
  const { label, inverseLabel, symmetric } = relation;
  if (!inverse || symmetric) return `${label} ${names}`;
  return inverseLabel === null ? `${names} ${label}` : `${inverseLabel} ${names}`;
}

/** The most of 0…size that fit, where each one more takes more room. */
function countFitting(size: number, fits: (count: number) => boolean): number {
  if (fits(size)) return size;
  let low = 0;
  let high = size - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}
