/** Reads an attribute as a list of plain values; an object in it is given as its JSON, null as nothing. */
export function readLiterals(value: unknown): (string | number | boolean)[] {
  if (Array.isArray(value)) return value.flatMap(readLiterals);
  if (value === null || value === undefined) return [];
  if (typeof value === "object") return [JSON.stringify(value)];
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [value] : [];
}
