import type { VectorRow } from "./types.ts";

/** Makes a row of what a file holds: a list, a text such as "[0.1, 0.2]", or one value per column. */
export function makeVectorRow(line: number, key: unknown, values: readonly unknown[]): VectorRow {
  const name = key === null || key === undefined ? "" : String(key);
  const fault = (reason: string): VectorRow => ({ line, key: name, vector: null, fault: reason });
  if (name === "") return fault("the key is empty");
  const list = values.length === 1 ? readList(values[0]) : values;
  if (list.length === 0) return fault("the vector is empty");
  const vector = Float32Array.from(list, toNumber);
  const wrong = vector.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    return fault(`number ${wrong + 1} of the vector is ${show(list[wrong])}, expected a number`);
  if (vector.every((value) => value === 0))
    return fault("all numbers of the vector are 0: it points nowhere");
  return { line, key: name, vector, fault: null };
}

function readList(value: unknown): ArrayLike<unknown> {
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    return value as unknown as ArrayLike<unknown>;
  }
  if (typeof value !== "string") return value === null || value === undefined ? [] : [value];
  const text = value.replace(/^\s*\[|\]\s*$/g, "").trim();
  return text === "" ? [] : text.split(/[\s,;]+/);
}

function toNumber(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  return typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
