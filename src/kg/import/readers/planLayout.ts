import { readFile } from "node:fs/promises";
import { DomainError } from "../../../errors.ts";
import type { Source } from "../findSource.ts";
import { type RowReader, readRows } from "../readRows.ts";
import type { EntityRecord, ImportOptions, ReadPlan, SourceFile } from "../types.ts";
import { type Columns, findColumns, readList } from "./columns.ts";
import { decodeCell } from "./decodeCell.ts";

/** Names that an export gives its manifest, and the only version of it so far. */
export const MANIFEST = { file: "layout.json", format: "whygraph-layout", version: 1 } as const;

type Table = (columns: Columns, context: Context) => RowReader;
interface Context {
  readonly type: string | undefined;
  skip(reason: string): void;
}

// In the order in which they are read: what is stated later wins.
const TABLES: Readonly<Record<string, Table>> = {
  relations: readRelations,
  entities: (columns, context) => readEntities(columns, context, null),
  items: (columns, context) => readEntities(columns, context, "true"),
  texts: readTexts,
  triples: readTriples,
  interactions: readInteractions,
};

/**
 * Plans the reading of a folder of TSV tables with a header: items, entities, relations, texts, triples and
 * interactions, each optional and perhaps gzipped. Cells are taken literally and an empty cell states nothing,
 * unless the manifest of an export is there: its cells are escaped as in COPY's text format.
 */
export async function planLayout(source: Source, options: ImportOptions): Promise<ReadPlan> {
  const escaped = await readManifest(source);
  const skipped: { file: string; reason: string }[] = [];
  const files = [];
  for (const [table, read] of Object.entries(TABLES)) {
    const [file, ...others] = source.files.filter(({ name }) => name.replace(/\.gz$/, "") === `${table}.tsv`);
    if (!file) continue;
    for (const other of others) skipped.push({ file: other.name, reason: `${file.name} was read instead` });
    const context = {
      type: options.type,
      skip: (reason: string) => skipped.push({ file: file.name, reason }),
    };
    const onHeader = (header: readonly string[]) =>
      read(findColumns(file.name, header, escaped ? decodeCell : undefined), context);
    files.push({
      file,
      rows: (onBytes: (bytes: number) => void) => readRows(file, { separator: "\t", onHeader }, onBytes),
    });
  }
  if (files.length === 0) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `no table of the layout at ${source.name}; expected ${Object.keys(TABLES).join(".tsv, ")}.tsv or .tsv.gz`,
    );
  }
  const known = new Set([...files.map(({ file }) => file.name), ...skipped.map(({ file }) => file)]);
  for (const { name } of source.files) {
    if (/\.tsv(\.gz)?$/.test(name) && !known.has(name))
      skipped.push({ file: name, reason: "no table of the layout" });
  }
  return { files, skipped, fallbackType: null };
}

async function readManifest(source: Source): Promise<boolean> {
  const file: SourceFile | undefined = source.files.find(({ name }) => name === MANIFEST.file);
  if (!file) return false;
  let manifest: { format?: unknown; version?: unknown } | null = null;
  try {
    manifest = JSON.parse(await readFile(file.path, "utf8"));
  } catch {
    // said below
  }
  if (manifest?.format === MANIFEST.format && manifest.version === MANIFEST.version) return true;
  throw new DomainError(
    "BAD_USER_INPUT",
    `${MANIFEST.file} says format ${JSON.stringify(manifest?.format)}, version ${JSON.stringify(manifest?.version)}; ` +
      `expected "${MANIFEST.format}", version ${MANIFEST.version}`,
  );
}

function readEntities(columns: Columns, { type }: Context, isItem: string | null): RowReader {
  const key = isItem ? columns.required("item", "key") : columns.required("entity", "key");
  const [name, stated, aliases] = [
    columns.optional("name"),
    columns.optional("type"),
    columns.optional("aliases"),
  ];
  const description = columns.optional("description", "abstract");
  const attributes = columns.optional("attributes");
  const [item, mergedInto] = [columns.optional("is_item"), columns.optional("merged_into")];
  const rest = columns.rest().map((column) => [column, columns.optional(column)] as const);
  return (cells) => {
    const record: EntityRecord = {
      kind: "entity",
      key: key(cells),
      name: name(cells),
      type: stated(cells) ?? (isItem ? type : null),
      aliases: readList("aliases", aliases(cells)),
      description: description(cells),
      attributes: attributes(cells),
      isItem: item(cells) ?? isItem,
      mergedInto: mergedInto(cells),
    };
    if (rest.length === 0) return [record];
    // A column of one's own is an attribute of that name.
    const values = rest.flatMap(([column, read]) => {
      const value = read(cells);
      return value === null ? [] : [[column, value] as const];
    });
    const own = values.length > 0 ? JSON.stringify(Object.fromEntries(values)) : null;
    return own === null ? [record] : [record, { kind: "entity", key: record.key, attributes: own }];
  };
}

function readTexts(columns: Columns, context: Context): RowReader {
  const [key, text] = [
    columns.required("item", "entity", "key"),
    columns.required("abstract", "description", "text"),
  ];
  skipRest(columns, context);
  return (cells) => [{ kind: "entity", key: key(cells), description: text(cells) || null }];
}

function readRelations(columns: Columns, context: Context): RowReader {
  const [key, label] = [columns.required("relation", "key"), columns.optional("label")];
  const inverseLabel = columns.optional("inverse_label");
  const [domain, range] = [columns.optional("domain"), columns.optional("range")];
  const [maxPerHead, symmetric] = [
    columns.optional("max_per_head"),
    columns.optional("symmetric", "is_symmetric"),
  ];
  skipRest(columns, context);
  return (cells) => [
    {
      kind: "relation",
      key: key(cells),
      label: label(cells),
      inverseLabel: inverseLabel(cells),
      domain: readList("domain", domain(cells)),
      range: readList("range", range(cells)),
      maxPerHead: maxPerHead(cells),
      symmetric: symmetric(cells),
    },
  ];
}

function readTriples(columns: Columns, context: Context): RowReader {
  const [head, relation, tail] = [
    columns.required("head"),
    columns.required("relation"),
    columns.required("tail"),
  ];
  const [confidence, rank] = [columns.optional("confidence"), columns.optional("rank")];
  const [qualifiers, sources] = [columns.optional("qualifiers"), columns.optional("sources")];
  const [validFrom, validTo] = [columns.optional("valid_from"), columns.optional("valid_to")];
  skipRest(columns, context);
  return (cells) => [
    {
      kind: "triple",
      head: head(cells),
      relation: relation(cells),
      tail: tail(cells),
      confidence: confidence(cells),
      rank: rank(cells),
      qualifiers: qualifiers(cells),
      sources: sources(cells),
      validFrom: validFrom(cells),
      validTo: validTo(cells),
    },
  ];
}

function readInteractions(columns: Columns, context: Context): RowReader {
  const [user, item] = [columns.required("user"), columns.required("item")];
  const [weight, at] = [columns.optional("value", "weight"), columns.optional("timestamp", "at")];
  const [split, kind] = [columns.optional("split"), columns.optional("kind")];
  skipRest(columns, context);
  return (cells) => [
    {
      kind: "interaction",
      user: user(cells),
      item: item(cells),
      interaction: kind(cells),
      weight: weight(cells),
      at: at(cells),
      split: split(cells),
    },
  ];
}

function skipRest(columns: Columns, context: Context): void {
  for (const column of columns.rest()) context.skip(`column "${column}" has no place in the graph`);
}
