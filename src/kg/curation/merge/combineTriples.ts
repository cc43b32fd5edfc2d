import { isDeepStrictEqual } from "node:util";
import type { JSONObject, Source, Triple } from "../../types.ts";

/** What is left of triples that are one statement, and what is gone. */
export interface Combined {
  readonly kept: Triple;
  readonly gone: readonly Triple[];
}

/**
 * Combines triples that are one statement; the first one has the last word. It keeps its rank and its validity, gets
 * the highest confidence of those that stand as it does (live or deprecated), the sources of all, and the qualifiers
 * that it lacks. What the others say differently is kept in its qualifier `alternatives`, a list per name; a validity
 * too, as `validFrom` and `validTo`.
 */
export function combineTriples([first, ...others]: readonly Triple[]): Combined {
  const standing = [first, ...others].filter(
    ({ rank }) => (rank === "DEPRECATED") === (first.rank === "DEPRECATED"),
  );
  return {
    kept: {
      ...first,
      confidence: Math.max(...standing.map(({ confidence }) => confidence)),
      qualifiers: uniteQualifiers(first, others),
      sources: uniteSources([first, ...others]),
      revision: Math.max(...[first, ...others].map(({ revision }) => revision)) + 1,
    },
    gone: others,
  };
}

function uniteSources(triples: readonly Triple[]): Source[] {
  const united: Source[] = [];
  for (const source of triples.flatMap(({ sources }) => sources)) {
    if (!united.some((known) => isDeepStrictEqual(known, source))) united.push(source);
  }
  return united;
}

type Alternatives = { readonly [name: string]: readonly unknown[] };

/** Unites qualifiers and validity: what is missing is taken over, what differs goes to the alternatives. */
function uniteQualifiers(first: Triple, others: readonly Triple[]): JSONObject {
  const [own, known] = splitQualifiers(first);
  const united: Record<string, unknown> = { ...own };
  const alternatives = new Map(Object.entries(known).map(([name, values]) => [name, [...values]]));
  const note = (name: string, value: unknown) => {
    const noted = alternatives.get(name) ?? [];
    if (![united[name], ...noted].some((one) => isDeepStrictEqual(one, value))) {
      alternatives.set(name, [...noted, value]);
    }
  };
  for (const other of others) {
    const [qualifiers, told] = splitQualifiers(other);
    for (const [name, value] of Object.entries(qualifiers)) {
      if (name in united) note(name, value);
      else united[name] = value;
    }
    for (const [name, values] of Object.entries(told)) {
      for (const value of values) note(name, value);
    }
    for (const name of ["validFrom", "validTo"] as const) {
      if (first[name]?.getTime() !== other[name]?.getTime()) note(name, other[name]?.toISOString() ?? null);
    }
  }
  return alternatives.size > 0 ? { ...united, alternatives: Object.fromEntries(alternatives) } : united;
}

/** Takes the alternatives of an earlier merge out of a triple's qualifiers. */
function splitQualifiers({ qualifiers }: Triple): [JSONObject, Alternatives] {
  const { alternatives, ...own } = qualifiers;
  return isAlternatives(alternatives) ? [own, alternatives] : [qualifiers, {}];
}

function isAlternatives(value: unknown): value is Alternatives {
  return typeof value === "object" && value !== null && Object.values(value).every(Array.isArray);
}
