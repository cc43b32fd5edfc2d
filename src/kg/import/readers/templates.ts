import { BadRow } from "../badRow.ts";
import type { ImportRecord } from "../types.ts";
import type { EntityTemplate, InteractionTemplate, TableMapping, TripleTemplate } from "./mapping.ts";

/** One row by the names of its columns: texts, or any JSON where the source is JSONL. */
export type Values = ReadonlyMap<string, unknown>;

/** One way to fill a template: its text, or null where a column is empty. */
type Fill = (values: Values) => string | null;

const COLUMN = /\{([^{}]+)\}/g;

/**
 * Makes the function that turns a row into records by a mapping. A column with several values makes a record
 * for each; an optional field whose column is empty is not stated, and a triple or interaction with an empty
 * end is not made at all.
 * @param assertColumn is called with each column that the mapping names
 */
export function makeTemplates(
  table: TableMapping,
  assertColumn: (name: string) => void = () => undefined,
): (values: Values) => readonly ImportRecord[] {
  const templates = [
    ...(table.entities ?? []).map((one) => [textsOf(one), makeEntity(one)] as const),
    ...(table.triples ?? []).map((one) => [textsOf(one), makeTriple(one)] as const),
    ...(table.interactions ?? []).map((one) => [textsOf(one), makeInteraction(one)] as const),
  ].map(([texts, make]) => ({ columns: columnsOf(texts), make }));
  for (const { columns } of templates) columns.forEach(assertColumn);
  const split = table.split ?? {};
  return (values) =>
    templates.flatMap(({ columns, make }) =>
      expand(values, columns, split).flatMap((one) => {
        const record = make(one);
        return record ? [record] : [];
      }),
    );
}

/** The rows that a row stands for: one for each combination of the values of its lists. */
function expand(
  values: Values,
  columns: readonly string[],
  split: Readonly<Record<string, string>>,
): readonly Values[] {
  let rows: readonly Values[] = [values];
  for (const column of columns) {
    const value = values.get(column);
    const separator = split[column];
    const list = Array.isArray(value)
      ? value
      : separator !== undefined && typeof value === "string"
        ? value.split(separator).map((one) => one.trim())
        : null;
    if (list) rows = rows.flatMap((row) => list.map((one) => new Map(row).set(column, one)));
  }
  return rows;
}

function makeEntity(template: EntityTemplate): (values: Values) => ImportRecord {
  const key = fill(template.key);
  const [type, name, description] = [template.type, template.name, template.description].map(fillOptional);
  const aliases = (template.aliases ?? []).map(fill);
  const attributes = Object.entries(template.attributes ?? {});
  return (values) => ({
    kind: "entity",
    key: key(values) ?? "",
    type: type(values),
    name: name(values),
    description: description(values),
    aliases: aliases.length === 0 ? null : aliases.map((one) => one(values)).filter((one) => one !== null),
    attributes: attributes.length === 0 ? null : fillAttributes(attributes, values),
    isItem: template.isItem === undefined ? null : String(template.isItem),
  });
}

function makeTriple(template: TripleTemplate): (values: Values) => ImportRecord | null {
  const [head, relation, tail] = [template.head, template.relation, template.tail].map(fill);
  const [confidence, validFrom, validTo] = [template.confidence, template.validFrom, template.validTo].map(
    fillOptional,
  );
  return (values) => {
    const ends = [head(values), relation(values), tail(values)];
    if (ends.includes(null)) return null;
    const [from, by, to] = ends as [string, string, string];
    return {
      kind: "triple",
      head: from,
      relation: by,
      tail: to,
      confidence: confidence(values),
      validFrom: validFrom(values),
      validTo: validTo(values),
    };
  };
}

function makeInteraction(template: InteractionTemplate): (values: Values) => ImportRecord {
  const [user, item] = [template.user, template.item].map(fill);
  const [kind, weight, at, split] = [template.kind, template.weight, template.at, template.split].map(
    fillOptional,
  );
  return (values) => ({
    kind: "interaction",
    user: user(values) ?? "",
    item: item(values) ?? "",
    interaction: kind(values),
    weight: weight(values),
    at: at(values),
    split: split(values),
  });
}

function fill(template: string): Fill {
  return (values) => {
    let whole = true;
    const text = template.replace(COLUMN, (_, column: string) => {
      const value = values.get(column);
      if (value == null || value === "") whole = false;
      if (typeof value === "object" && value !== null) {
        throw new BadRow(
          `column "${column}" is ${JSON.stringify(value).slice(0, 60)}; expected text or a number`,
        );
      }
      return String(value ?? "");
    });
    return whole ? text : null;
  };
}

function fillOptional(template: string | undefined): Fill {
  return template === undefined ? () => null : fill(template);
}

function fillAttributes(attributes: readonly (readonly [string, string])[], values: Values): string {
  const filled: Record<string, unknown> = {};
  for (const [name, template] of attributes) {
    const alone = /^\{([^{}]+)\}$/.exec(template);
    const value = alone ? values.get(alone[1]) : fill(template)(values);
    if (value == null || value === "") continue;
    filled[name] = alone && typeof value === "string" && isNumber(value) ? Number(value) : value;
  }
  return JSON.stringify(filled);
}

/** Only what a number would be written as: "007" and "1e5" stay text. */
function isNumber(text: string): boolean {
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/.test(text);
}

function textsOf(template: EntityTemplate | TripleTemplate | InteractionTemplate): readonly string[] {
  return Object.values(template).flatMap((value: unknown) =>
    typeof value === "string"
      ? [value]
      : typeof value === "object" && value !== null
        ? Object.values(value)
        : [],
  );
}

function columnsOf(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => [...text.matchAll(COLUMN)].map(([, column]) => column)))];
}
