import { BadRow } from "./badRow.ts";
import { assertTime, readTime } from "./readTime.ts";
import type { Cell, ImportRecord } from "./types.ts";

const MAX_KEY = 512; // as the tables check it
const MAX_NAME_BYTES = 2048; // name and type share a B-tree row, which holds 2,704 bytes
const MAX_TYPE_BYTES = 255;
const MAX_JSON_DEPTH = 100;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const BOOLEAN = /^(true|false|t|f|1|0)$/i;
const UNSTORABLE = /[\0\ud800-\udfff]/u;

/**
 * Asserts that Postgres will take a record: after this no row can fail the COPY or the merge of all others.
 * @throws {BadRow} that names the cell, its value and what was expected
 */
export function assertRecord(record: ImportRecord): void {
  switch (record.kind) {
    case "entity":
      assertKey("key", record.key);
      assertText("type", record.type, MAX_TYPE_BYTES);
      if (record.type === "") throw new BadRow(`type is empty; expected a word such as "movie"`);
      assertText("name", record.name, MAX_NAME_BYTES);
      assertTexts("aliases", record.aliases, MAX_NAME_BYTES);
      assertText("description", record.description);
      assertJSON("attributes", record.attributes, "object");
      assertMatch("is_item", record.isItem, BOOLEAN, "true or false");
      if (record.mergedInto != null) assertKey("merged_into", record.mergedInto);
      return;
    case "attribute":
      assertKey("key", record.key);
      assertText("attribute", record.name);
      assertJSON("value", record.value);
      return;
    case "relation":
      assertKey("relation", record.key);
      assertText("label", record.label, MAX_NAME_BYTES);
      assertText("inverse_label", record.inverseLabel, MAX_NAME_BYTES);
      assertTexts("domain", record.domain, MAX_TYPE_BYTES);
      assertTexts("range", record.range, MAX_TYPE_BYTES);
      assertMatch("max_per_head", record.maxPerHead, /^[1-9]\d{0,8}$/, "a whole number from 1");
      assertMatch("symmetric", record.symmetric, BOOLEAN, "true or false");
      return;
    case "triple":
      assertKey("head", record.head);
      assertKey("relation", record.relation);
      assertKey("tail", record.tail);
      assertReal("confidence", record.confidence, 0, 1);
      assertMatch("rank", record.rank, /^(PREFERRED|NORMAL|DEPRECATED)$/, "PREFERRED, NORMAL or DEPRECATED");
      assertJSON("qualifiers", record.qualifiers, "object");
      assertJSON("sources", record.sources, "array");
      assertValidity(record.validFrom, record.validTo);
      assertText("graph", record.graph);
      return;
    case "interaction":
      assertKey("user", record.user);
      assertKey("item", record.item);
      assertText("kind", record.interaction, MAX_TYPE_BYTES);
      if (record.interaction === "") throw new BadRow(`kind is empty; expected a word such as "rating"`);
      assertReal("value", record.weight);
      if (record.at != null) assertTime("timestamp", record.at);
      assertText("split", record.split);
      return;
    case "link":
      assertKey("entity", record.entity);
      assertKey("item", record.item);
  }
}

function assertKey(column: string, value: string): void {
  if (value === "") throw new BadRow(`${column} is empty; expected a key`);
  // Postgres counts code points, of which a string has at most as many as UTF-16 units.
  if (value.length > MAX_KEY && [...value].length > MAX_KEY) {
    throw new BadRow(
      `${column} has ${[...value].length} characters: ${show(value)}; expected at most ${MAX_KEY}`,
    );
  }
  if (UNSTORABLE.test(value)) throw unstorable(column, value);
}

function assertText(column: string, value: Cell, maxBytes = Number.POSITIVE_INFINITY): void {
  if (value == null) return;
  if (value.length * 3 > maxBytes && Buffer.byteLength(value) > maxBytes) {
    throw new BadRow(
      `${column} has ${Buffer.byteLength(value)} bytes: ${show(value)}; expected at most ${maxBytes}`,
    );
  }
  if (UNSTORABLE.test(value)) throw unstorable(column, value);
}

function assertTexts(column: string, values: readonly string[] | null | undefined, maxBytes: number): void {
  for (const value of values ?? []) assertText(column, value, maxBytes);
}

function assertMatch(column: string, value: Cell, pattern: RegExp, expected: string): void {
  if (value != null && !pattern.test(value)) {
    throw new BadRow(`${column} is ${show(value)}; expected ${expected}`);
  }
}

/** A number that fits Postgres' `real`, which refuses what overflows or vanishes in four bytes. */
function assertReal(column: string, value: Cell, least = -Infinity, most = Infinity): void {
  if (value == null) return;
  assertMatch(column, value, NUMBER, "a number");
  const number = Number(value);
  if (number < least || number > most) {
    throw new BadRow(`${column} is ${show(value)}; expected a number from ${least} to ${most}`);
  }
  const short = Math.fround(number);
  if (!Number.isFinite(short) || (short === 0 && number !== 0)) {
    throw new BadRow(`${column} is ${show(value)}; expected a number that fits four bytes`);
  }
}

function assertValidity(from: Cell, to: Cell): void {
  const start = from == null ? null : readTime("valid_from", from);
  const end = to == null ? null : readTime("valid_to", to);
  if (start !== null && end !== null && start > end)
    throw new BadRow(`valid_to is ${to}; expected a time not before valid_from, ${from}`);
}

function assertJSON(column: string, text: Cell, shape?: "object" | "array"): void {
  if (text == null) return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadRow(`${column} is ${show(text)}; expected JSON`);
  }
  const found = Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
  if (shape && found !== shape) throw new BadRow(`${column} is ${show(text)}; expected a JSON ${shape}`);
  assertStorable(column, value, 0);
}

function assertStorable(column: string, value: unknown, depth: number): void {
  if (depth > MAX_JSON_DEPTH) throw new BadRow(`${column} is nested deeper than ${MAX_JSON_DEPTH} levels`);
  if (typeof value === "string" && UNSTORABLE.test(value)) throw unstorable(column, value);
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new BadRow(`${column} holds a number that is too large`);
  }
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (UNSTORABLE.test(name)) throw unstorable(column, name);
    assertStorable(column, inner, depth + 1);
  }
}

function unstorable(column: string, value: string): BadRow {
  return new BadRow(
    `${column} is ${show(value)}; expected text without NUL characters and half surrogate pairs`,
  );
}

function show(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}
