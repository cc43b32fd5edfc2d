import type { Column } from "../../reader/reconcile/types.ts";
import { isObject } from "../isObject.ts";
import { readJson, readList, readText, readWhole, shown, wrong } from "./readJson.ts";

const MOST_ENTITIES = 200;
const MOST_COLUMNS = 20;
const MOST_VALUES = 1_000;
const CONTENTS = ["entity", "name", "id"] as const;

/** What a user may set about a column; the manifest tells it. */
export const SETTINGS = [
  {
    ...{ name: "limit", label: "Limit", type: "number", default: 0 },
    help_text: `At most so many values of each entity; 0 for all, up to ${MOST_VALUES}`,
  },
  {
    ...{ name: "content", label: "Content", type: "select", default: "entity" },
    help_text: "What to give of a value that is an entity",
    choices: [
      { value: "entity", name: "Entity, reconciled" },
      { value: "name", name: "Name" },
      { value: "id", name: "Identifier" },
    ],
  },
];

/**
 * Reads a data extension query.
 * @throws {HttpError} 400
 * @see https://reconciliation-api.github.io/specs/0.2/#data-extension-query-requests
 */
export function readExtension(text: string): {
  readonly ids: readonly string[];
  readonly columns: readonly Column[];
} {
  const { ids, properties } = readJson("extend", text);
  const columns = readList("properties", properties, { most: MOST_COLUMNS }).map((column, place) =>
    readColumn(`properties[${place}]`, column),
  );
  const names = columns.map(({ property }) => property);
  const twice = names.find((name, place) => names.indexOf(name) < place);
  if (twice !== undefined) throw wrong(`properties has ${shown(twice)} twice, expected each once`);
  return {
    ids: readList("ids", ids, { most: MOST_ENTITIES }).map((id) => readText("ids", id)),
    columns,
  };
}

/** OpenRefine sends the numbers of its form as texts. */
function readColumn(at: string, column: unknown): Column {
  if (!isObject(column)) throw wrong(`${at} is ${shown(column)}, expected {"id": …}`);
  const settings = column.settings ?? {};
  if (!isObject(settings)) throw wrong(`${at}.settings is ${shown(settings)}, expected an object`);
  const content = CONTENTS.find((one) => one === (settings.content ?? "entity"));
  if (!content)
    throw wrong(`${at}.settings.content is ${shown(settings.content)}, expected ${CONTENTS.join(", ")}`);
  return {
    property: readText(`${at}.id`, column.id),
    limit: readWhole(`${at}.settings.limit`, settings.limit || 0, { least: 0, most: MOST_VALUES }),
    content,
  };
}
