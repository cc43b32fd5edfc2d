import type { Datatype, Entity, Shape, ShapeBreach } from "../types.ts";
import { compilePattern } from "./compilePattern.ts";

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;
const NUMBERS =
  /^xsd:(decimal|double|float|integer|int|long|short|byte|(non)?(negative|positive)Integer|unsigned\w+)$/i;
const DATATYPES: Readonly<Record<Datatype, (value: unknown) => boolean>> = {
  STRING: (value) => typeof value === "string",
  NUMBER: (value) => typeof value === "number",
  INTEGER: Number.isInteger,
  BOOLEAN: (value) => typeof value === "boolean",
  DATE: (value) => typeof value === "string" && DATE.test(value) && isMoment(value),
  DATE_TIME: (value) => typeof value === "string" && TIME.test(value) && isMoment(value),
  URL: (value) => typeof value === "string" && URL.canParse(value),
};

/** What an entity says under the name of a shape's attribute. */
export type Described = Pick<
  Entity,
  "id" | "key" | "type" | "name" | "aliases" | "description" | "attributes"
>;

/**
 * Finds the shapes of attributes that an entity breaks, one breach per shape. A list is several values, a missing or
 * null attribute none. Cost: linear in the length of the values, whatever the patterns.
 */
export function checkValues(entity: Described, shapes: readonly Shape[]): ShapeBreach[] {
  return shapes
    .filter(({ type, attribute }) => attribute !== null && (type === null || type === entity.type))
    .flatMap((shape) => {
      const values = valuesOf(entity, shape.attribute!);
      const wrong = checkCount(shape, values.length) ?? firstOf(values, (value) => checkValue(shape, value));
      if (wrong === null) return [];
      const message = `${shape.attribute} of ${JSON.stringify(entity.key)} ${wrong}`;
      return [{ shape, entityId: entity.id, tripleId: null, message }];
    });
}

function valuesOf(entity: Described, attribute: string): readonly unknown[] {
  const value = attribute.startsWith("@")
    ? entity[attribute.slice(1) as "key" | "name" | "description" | "aliases"]
    : Object.hasOwn(entity.attributes, attribute)
      ? entity.attributes[attribute]
      : null;
  if (value === null || value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(unwrap);
}

/** Takes a literal of RDF out of the form in which an import keeps it, see `termToJSON`. */
function unwrap(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("@value" in value)) return value;
  const type = "@type" in value ? String(value["@type"]) : "";
  return NUMBERS.test(type) ? Number(value["@value"]) : value["@value"];
}

function checkCount({ minCount, maxCount }: Shape, count: number): string | null {
  if (minCount !== null && count < minCount) return `has ${values(count)}; expected at least ${minCount}`;
  if (maxCount !== null && count > maxCount) return `has ${values(count)}; expected at most ${maxCount}`;
  return null;
}

/** What is wrong with one value; null where nothing is. */
function checkValue(shape: Shape, value: unknown): string | null {
  const { datatype, pattern, flags, minLength, maxLength, minimum, maximum, allowed } = shape;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : value);
  const length = [...text].length;
  const outside = (from: number | null, to: number | null, measure: number) =>
    (from !== null && !(measure >= from)) || (to !== null && !(measure <= to));
  if (datatype !== null && !DATATYPES[datatype](value)) return `is ${shown}; expected ${datatype}`;
  if (allowed !== null && !allowed.some((one) => one === value)) {
    return `is ${shown}; expected one of ${allowed.map((one) => JSON.stringify(one)).join(", ")}`;
  }
  if (outside(minLength, maxLength, length)) {
    return `is ${shown}, of ${length} characters; expected ${range(minLength, maxLength)}`;
  }
  if (outside(minimum, maximum, typeof value === "number" ? value : Number.NaN)) {
    return `is ${shown}; expected a number ${range(minimum, maximum)}`;
  }
  if (
    pattern !== null &&
    !compilePattern(pattern, flags ?? "")
      .matcher(text)
      .find()
  ) {
    return `is ${shown}; expected a match of ${pattern}`;
  }
  return null;
}

function firstOf<T>(values: readonly T[], check: (value: T) => string | null): string | null {
  for (const value of values) {
    const wrong = check(value);
    if (wrong !== null) return wrong;
  }
  return null;
}

function isMoment(value: string): boolean {
  const time = Date.parse(value);
  return !Number.isNaN(time) && (value.length > 10 || new Date(time).toISOString().startsWith(value));
}

function values(count: number): string {
  return count === 1 ? "1 value" : `${count} values`;
}

function range(from: number | null, to: number | null): string {
  return [from === null ? null : `from ${from}`, to === null ? null : `to ${to}`].filter(Boolean).join(" ");
}
