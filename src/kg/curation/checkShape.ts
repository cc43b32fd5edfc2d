import { compilePattern } from "../shapes/compilePattern.ts";
import type { Problem, ShapeDefinition } from "../types.ts";
import { checkTypes } from "./checkRelation.ts";
import { checkKey, checkText, invalid, SHORT_TEXT } from "./checks.ts";
import { problem } from "./problem.ts";

const LONGEST_PATTERN = 1_000;
const MOST_VALUES = 1_000;
const MOST_COUNT = 1_000_000_000;
const COLUMNS = ["@key", "@name", "@description", "@aliases"];
const COUNTS = ["minCount", "maxCount", "minLength", "maxLength"] as const;
const BOUNDS = [
  ["minCount", "maxCount"],
  ["minLength", "maxLength"],
  ["minimum", "maximum"],
] as const;
/** What only values can be asked for, and what only triples. */
const OF_VALUES = ["datatype", "pattern", "minLength", "maxLength", "minimum", "maximum", "allowed"] as const;
const OF_TRIPLES = ["nodeTypes", "inverse", "direction"] as const;

/** The problems of a shape that are seen without the graph. */
export function checkShape(definition: ShapeDefinition): Problem[] {
  const { key, type, message } = definition;
  return [
    ...checkKey(key, "key"),
    ...(type == null ? [] : checkText(type, "type", SHORT_TEXT)),
    ...(message == null ? [] : checkText(message, "message")),
    ...checkTarget(definition),
    ...checkBounds(definition),
    ...checkPattern(definition),
    ...checkTypes(definition.nodeTypes, "nodeTypes"),
    ...checkAllowed(definition),
  ];
}

function checkTarget(definition: ShapeDefinition): Problem[] {
  const { attribute, relation } = definition;
  if ((attribute == null) === (relation == null)) {
    return invalid("attribute", attribute ?? null, "either an attribute or a relation, and not both");
  }
  const foreign = attribute == null ? OF_VALUES : OF_TRIPLES;
  const what =
    attribute == null
      ? "nothing: triples of a relation have no such rule"
      : "nothing: values have no such rule";
  return [
    ...foreign.flatMap((name) => (definition[name] == null ? [] : invalid(name, definition[name], what))),
    ...(attribute == null ? [] : checkKey(attribute, "attribute")),
    ...(attribute?.startsWith("@") && !COLUMNS.includes(attribute)
      ? invalid("attribute", attribute, `the name of an attribute, or one of ${COLUMNS.join(", ")}`)
      : []),
  ];
}

function checkBounds(definition: ShapeDefinition): Problem[] {
  const counts = COUNTS.flatMap((name) => {
    const count = definition[name];
    if (count == null || (Number.isInteger(count) && count >= 0 && count <= MOST_COUNT)) return [];
    return invalid(name, count, `a whole number from 0 to ${MOST_COUNT}`);
  });
  const upsideDown = BOUNDS.flatMap(([from, to]) => {
    const [least, most] = [definition[from], definition[to]];
    return least != null && most != null && !(least <= most)
      ? invalid(to, most, `a number from ${from} (${least}) on`)
      : [];
  });
  return [...counts, ...upsideDown];
}

function checkPattern({ pattern, flags }: ShapeDefinition): Problem[] {
  if (flags != null && (!/^[ims]*$/.test(flags) || pattern == null)) {
    return invalid("flags", flags, "some of i, m and s, beside a pattern");
  }
  if (pattern == null) return [];
  const malformed = checkText(pattern, "pattern", LONGEST_PATTERN);
  if (malformed.length > 0) return malformed;
  try {
    compilePattern(pattern, flags ?? "");
    return [];
  } catch (error) {
    const message =
      `pattern is ${JSON.stringify(pattern)}: ${(error as Error).message}; expected a regular expression of RE2, ` +
      "without references back and without looking around";
    return [problem("INVALID_VALUE", "pattern", message)];
  }
}

function checkAllowed({ allowed }: ShapeDefinition): Problem[] {
  if (allowed == null) return [];
  const scalar = (value: unknown) => ["string", "number", "boolean"].includes(typeof value);
  if (allowed.length >= 1 && allowed.length <= MOST_VALUES && allowed.every(scalar)) return [];
  return invalid("allowed", allowed, `1 to ${MOST_VALUES} texts, numbers or booleans`);
}
