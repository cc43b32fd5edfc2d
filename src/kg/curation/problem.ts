import type { Problem, ProblemCode } from "../types.ts";

/** Makes the problem of one input field: `path` "interactions.3.item" leads to the faulty field. */
export function problem(code: ProblemCode, path: string | null, message: string): Problem {
  return { code, message, path: path === null ? null : path.split(".") };
}

/** Writes a value into a message: text in quotes and cut where it is long, an object by its fields. */
export function shown(value: unknown): string {
  const text = describe(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return `an object of ${Object.keys(value).join(", ")}`;
  return String(value);
}
