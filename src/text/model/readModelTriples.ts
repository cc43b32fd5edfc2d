/** A triple as a model writes it: names, not keys. */
export interface ModelTriple {
  readonly head: string;
  readonly relation: string;
  readonly tail: string;
  readonly quote: string;
}

/** Reads the triples of a model's answer; what is no triple is passed over, as models keep to no schema. */
export function readModelTriples(answer: unknown): ModelTriple[] {
  const triples = (answer as { triples?: unknown } | null)?.triples;
  return Array.isArray(triples) ? triples.filter(isTriple) : [];
}

function isTriple(value: unknown): value is ModelTriple {
  if (typeof value !== "object" || value === null) return false;
  return ["head", "relation", "tail", "quote"].every(
    (field) => typeof (value as Record<string, unknown>)[field] === "string",
  );
}
