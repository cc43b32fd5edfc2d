import type { AskedProperty, AskedValue, ReconcileQuery } from "../../reader/reconcile/types.ts";
import { isObject } from "../isObject.ts";
import { HttpError } from "../reply.ts";
import { type JSONRecord, readJson, readList, readText, readWhole, shown, wrong } from "./readJson.ts";

/** Queries of one request; the manifest tells it. */
export const BATCH_SIZE = 50;
const FIELDS = ["query", "type", "limit", "properties", "type_strict"];
const DEFAULT_LIMIT = 10;
const MOST_CANDIDATES = 100;
const MOST_TYPES = 20;
const MOST_PROPERTIES = 10;
const MOST_VALUES = 10;
const STRICTNESS = new Map<unknown, ReconcileQuery["strictness"]>([
  [undefined, "SHOULD"],
  ["should", "SHOULD"],
  ["any", "ANY"],
  ["all", "ALL"],
]);

/**
 * Reads a reconciliation query batch, by the names that its queries have there.
 * @throws {HttpError} 413 for more than 50 queries, 400 for what is no batch, naming the query
 * @see https://reconciliation-api.github.io/specs/0.2/#structure-of-a-reconciliation-query
 */
export function readQueries(text: string): (readonly [name: string, query: ReconcileQuery])[] {
  const queries = Object.entries(readJson("queries", text));
  if (queries.length > BATCH_SIZE) {
    throw new HttpError(
      413,
      "BAD_REQUEST",
      `the batch has ${queries.length} queries, expected at most ${BATCH_SIZE}`,
    );
  }
  return queries.map(([name, query]) => {
    if (!isObject(query)) throw wrong(`${name} is ${shown(query)}, expected a query`);
    return [name, readQuery(name, query)];
  });
}

function readQuery(at: string, query: JSONRecord): ReconcileQuery {
  const odd = Object.keys(query).find((field) => !FIELDS.includes(field));
  if (odd !== undefined) throw wrong(`${at} has the field ${shown(odd)}, expected only ${FIELDS.join(", ")}`);
  const strictness = STRICTNESS.get(query.type_strict);
  if (!strictness) {
    throw wrong(`${at}.type_strict is ${shown(query.type_strict)}, expected "any", "all" or "should"`);
  }
  const properties = readProperties(`${at}.properties`, query.properties ?? []);
  if (query.query === undefined && properties.length === 0) {
    throw wrong(`${at} has neither query nor properties, expected one of them`);
  }
  return {
    name: query.query === undefined ? null : readText(`${at}.query`, query.query),
    types: readList(`${at}.type`, query.type ?? [], { most: MOST_TYPES, alone: true }).map((type) =>
      readText(`${at}.type`, type),
    ),
    ...{ strictness, properties },
    limit: readWhole(`${at}.limit`, query.limit ?? DEFAULT_LIMIT, { least: 1, most: MOST_CANDIDATES }),
  };
}

function readProperties(at: string, value: unknown): AskedProperty[] {
  return readList(at, value, { most: MOST_PROPERTIES }).map((asked, place) => {
    const here = `${at}[${place}]`;
    if (!isObject(asked)) throw wrong(`${here} is ${shown(asked)}, expected {"pid": …, "v": …}`);
    const values = readList(`${here}.v`, asked.v, { most: MOST_VALUES, alone: asked.v !== undefined });
    return {
      property: readText(`${here}.pid`, asked.pid),
      values: values.map((one) => readValue(`${here}.v`, one)),
    };
  });
}

function readValue(at: string, value: unknown): AskedValue {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (isObject(value) && typeof value.id === "string") {
    return { id: value.id, name: typeof value.name === "string" ? value.name : null };
  }
  throw wrong(`${at} is ${shown(value)}, expected a text, a number, a boolean or {"id": …}`);
}
