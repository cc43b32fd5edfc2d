import type { Problem, RelationDefinition } from "../types.ts";
import { checkKey, checkNumber, checkText, invalid, SHORT_TEXT } from "./checks.ts";

const MOST_TYPES = 100;
const MOST_TRIPLES = 1_000_000_000;

/** The problems of a relation's definition that are seen without the graph; what is absent has none. */
export function checkRelation(definition: RelationDefinition): Problem[] {
  const { key, label, inverseLabel, domain, range, maxPerHead } = definition;
  const whole = maxPerHead == null || Number.isInteger(maxPerHead);
  return [
    ...checkKey(key, "key"),
    ...(label == null ? [] : checkText(label, "label")),
    ...(inverseLabel == null ? [] : checkText(inverseLabel, "inverseLabel")),
    ...checkTypes(domain, "domain"),
    ...checkTypes(range, "range"),
    ...(whole ? [] : invalid("maxPerHead", maxPerHead, "a whole number from 1")),
    ...(maxPerHead == null ? [] : checkNumber(maxPerHead, "maxPerHead", { from: 1, to: MOST_TRIPLES })),
  ];
}

/** The problems of a list of entity types; null is any type, and an empty list would be none. */
export function checkTypes(types: readonly string[] | null | undefined, path: string): Problem[] {
  if (types == null) return [];
  if (types.length === 0 || types.length > MOST_TYPES) {
    return invalid(path, types, `1 to ${MOST_TYPES} types, or null for any`);
  }
  return types.flatMap((type, i) => checkText(type, `${path}.${i}`, SHORT_TEXT));
}
