import { DomainError } from "../../../errors.ts";
import { BadRow } from "../badRow.ts";
import type { Source } from "../findSource.ts";
import { type RowReader, readRows } from "../readRows.ts";
import type { ImportOptions, ReadPlan } from "../types.ts";
import { type Columns, findColumns } from "./columns.ts";

type Table = (columns: Columns, context: Context) => RowReader;
interface Context {
  readonly item: (id: string) => string;
  /** Type of the items as stated, if so. */
  readonly type: string | null;
  /** Type of each column by its name: token, token_seq, float or float_seq. */
  readonly types: ReadonlyMap<string, string>;
  skip(reason: string): void;
}

const TABLES: Readonly<Record<string, Table>> = {
  link: readLinks,
  item: readItems,
  kg: readTriples,
  inter: readInteractions,
};

/**
 * Plans the reading of RecBole's atomic files (.inter, .item, .kg, .link), whose headers name and type the
 * columns ("rating:float"). An item's key is its type and token, a graph entity's "entity:" and token; .link
 * makes an entity of the graph and an item one.
 * @see https://recbole.io/docs/user_guide/data/atomic_files.html
 */
export function planRecbole(source: Source, options: ImportOptions): ReadPlan {
  const skipped: { file: string; reason: string }[] = [];
  const prefix = options.type ?? "item";
  const files = Object.entries(TABLES).flatMap(([extension, read]) =>
    source.files
      .filter(({ name }) => name.replace(/\.gz$/, "").endsWith(`.${extension}`))
      .map((file) => {
        const onHeader = (header: readonly string[]) => {
          const typed = header.map((cell) => cell.split(":"));
          const context = {
            item: (id: string) => (id === "" ? "" : `${prefix}:${id}`),
            type: options.type ?? null,
            types: new Map(typed.map(([name, type = "token"]) => [name, type])),
            skip: (reason: string) => skipped.push({ file: file.name, reason }),
          };
          const columns = findColumns(
            file.name,
            typed.map(([name]) => name),
          );
          return read(columns, context);
        };
        return {
          file,
          rows: (onBytes: (bytes: number) => void) => readRows(file, { separator: "\t", onHeader }, onBytes),
        };
      }),
  );
  if (files.length === 0) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `no atomic file at ${source.name}; expected *.inter, *.item, *.kg or *.link`,
    );
  }
  for (const { name } of source.files) {
    if (/\.user(\.gz)?$/.test(name))
      skipped.push({ file: name, reason: "users are no entities of the graph" });
  }
  return { files, skipped, fallbackType: null };
}

function readLinks(columns: Columns, { item }: Context): RowReader {
  const [id, entity] = [columns.required("item_id"), columns.required("entity_id")];
  return (cells) => [{ kind: "link", entity: entityKey(entity(cells)), item: item(id(cells)) }];
}

function readItems(columns: Columns, { item, type, types }: Context): RowReader {
  const id = columns.required("item_id");
  const name = columns.optional("name", "title", "movie_title", "item_name", "book_title", "artist_name");
  const rest = columns.rest().map((column) => [column, columns.optional(column)] as const);
  return (cells) => {
    const values = rest.flatMap(([column, read]) => {
      const cell = read(cells);
      return cell === null ? [] : [[column, readTyped(column, cell, types.get(column))] as const];
    });
    const attributes = values.length > 0 ? JSON.stringify(Object.fromEntries(values)) : null;
    return [{ kind: "entity", key: item(id(cells)), name: name(cells), type, isItem: "true", attributes }];
  };
}

function readTriples(columns: Columns, context: Context): RowReader {
  const [head, relation] = [columns.required("head_id"), columns.required("relation_id")];
  const tail = columns.required("tail_id");
  skipRest(columns, context);
  return (cells) => [
    { kind: "triple", head: entityKey(head(cells)), relation: relation(cells), tail: entityKey(tail(cells)) },
  ];
}

function readInteractions(columns: Columns, context: Context): RowReader {
  const [user, id] = [columns.required("user_id"), columns.required("item_id")];
  const weight = columns.optional("rating", "weight", "label", "count");
  const at = columns.optional("timestamp");
  skipRest(columns, context);
  return (cells) => [
    {
      kind: "interaction",
      user: user(cells),
      item: context.item(id(cells)),
      weight: weight(cells),
      at: at(cells),
    },
  ];
}

function entityKey(id: string): string {
  return id === "" ? "" : `entity:${id}`;
}

function skipRest(columns: Columns, context: Context): void {
  for (const column of columns.rest()) context.skip(`column "${column}" has no place in the graph`);
}

/** Reads a cell by its RecBole type; sequences have spaces between. */
function readTyped(column: string, cell: string, type: string | undefined): unknown {
  if (type === "float") return readNumber(column, cell);
  if (type === "token_seq") return cell.split(" ");
  if (type === "float_seq") return cell.split(" ").map((one) => readNumber(column, one));
  return cell;
}

function readNumber(column: string, cell: string): number {
  const number = cell.trim() === "" ? Number.NaN : Number(cell);
  if (!Number.isFinite(number)) throw new BadRow(`${column} is "${cell}"; expected a number`);
  return number;
}
