import type { Problem, ProblemCode } from "../types.ts";

/** Makes the problem of one input field: `path` "interactions.3.item" leads to the faulty field. */
export function problem(code: ProblemCode, path: string | null, message: string): Problem {
  return { code, message, path: path === null ? null : path.split(".") };
}

/** Writes a value into a message: as JSON, cut where it is long. */
export function shown(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
