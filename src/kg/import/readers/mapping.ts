import { readFile } from "node:fs/promises";
import { DomainError } from "../../../errors.ts";

/** How an entity is made of a row; each text is a template: "movie:{id}". */
export interface EntityTemplate {
  readonly key: string;
  readonly type?: string;
  readonly name?: string;
  readonly description?: string;
  /** One template per alias. */
  readonly aliases?: readonly string[];
  /** A template that is one column alone, "{year}", keeps a JSON value and makes a number of a number. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly isItem?: boolean;
}

export interface TripleTemplate {
  readonly head: string;
  readonly relation: string;
  readonly tail: string;
  readonly confidence?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
}

export interface InteractionTemplate {
  readonly user: string;
  readonly item: string;
  readonly kind?: string;
  readonly weight?: string;
  readonly at?: string;
  readonly split?: string;
}

export interface TableMapping {
  /** Name of the file; may be absent where there is one file only. */
  readonly file?: string;
  /** Between the cells of a CSV file; "," where absent. */
  readonly separator?: string;
  /** Columns that hold several values, with what stands between them: {"genres": "|"}. */
  readonly split?: Readonly<Record<string, string>>;
  readonly entities?: readonly EntityTemplate[];
  readonly triples?: readonly TripleTemplate[];
  readonly interactions?: readonly InteractionTemplate[];
}

export interface Mapping {
  readonly tables: readonly TableMapping[];
}

type Shape = Readonly<Record<string, "text" | "texts" | "boolean" | "map">>;
const SHAPES: Readonly<Record<"entities" | "triples" | "interactions", readonly [readonly string[], Shape]>> =
  {
    entities: [
      ["key"],
      {
        key: "text",
        type: "text",
        name: "text",
        description: "text",
        aliases: "texts",
        attributes: "map",
        isItem: "boolean",
      },
    ],
    triples: [
      ["head", "relation", "tail"],
      {
        head: "text",
        relation: "text",
        tail: "text",
        confidence: "text",
        validFrom: "text",
        validTo: "text",
      },
    ],
    interactions: [
      ["user", "item"],
      { user: "text", item: "text", kind: "text", weight: "text", at: "text", split: "text" },
    ],
  };
const TABLE: Shape = { file: "text", separator: "text", split: "map" };

/**
 * Reads a mapping: {"tables": [{"file": "films.csv", "entities": […], "triples": […], "interactions": […]}]},
 * or one such table alone.
 * @throws {DomainError} BAD_USER_INPUT that names the faulty field
 */
export async function readMapping(path: string): Promise<Mapping> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw fault(`it cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  const mapping = isMap(value) && "tables" in value ? value : { tables: [value] };
  if (!Array.isArray(mapping.tables) || mapping.tables.length === 0)
    throw fault(`"tables" is no list of tables`);
  mapping.tables.forEach((table, at) => {
    assertTable(`tables[${at}]`, table);
  });
  return mapping as unknown as Mapping;
}

function assertTable(place: string, table: unknown): void {
  if (!isMap(table)) throw fault(`${place} is no object`);
  const { entities = [], triples = [], interactions = [], ...rest } = table;
  assertShape(place, rest, [], TABLE);
  const lists = { entities, triples, interactions };
  for (const [name, list] of Object.entries(lists)) {
    if (!Array.isArray(list)) throw fault(`${place}.${name} is no list`);
    const [required, shape] = SHAPES[name as keyof typeof SHAPES];
    list.forEach((one, at) => {
      assertShape(`${place}.${name}[${at}]`, one, required, shape);
    });
  }
  if (Object.values(lists).every((list) => (list as unknown[]).length === 0)) {
    throw fault(`${place} has none of entities, triples and interactions`);
  }
}

function assertShape(place: string, value: unknown, required: readonly string[], shape: Shape): void {
  if (!isMap(value)) throw fault(`${place} is no object`);
  for (const name of required) {
    if (!(name in value)) throw fault(`${place}.${name} is missing`);
  }
  for (const [name, field] of Object.entries(value)) {
    const expected = shape[name];
    if (!expected) throw fault(`${place}.${name} is unknown; known are ${Object.keys(shape).join(", ")}`);
    const fits =
      expected === "map"
        ? isMap(field) && Object.values(field).every((one) => typeof one === "string")
        : expected === "texts"
          ? Array.isArray(field) && field.every((one) => typeof one === "string")
          : typeof field === (expected === "text" ? "string" : "boolean");
    if (!fits) throw fault(`${place}.${name} is ${JSON.stringify(field)}; it should be of kind ${expected}`);
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fault(reason: string): DomainError {
  return new DomainError(
    "BAD_USER_INPUT",
    `the mapping is not usable: ${reason}; expected {"tables": [{"file", "entities", "triples", "interactions"}]}`,
  );
}
