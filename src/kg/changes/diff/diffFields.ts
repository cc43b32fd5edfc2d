import { isDeepStrictEqual } from "node:util";
import type { FieldDiff, JSONObject, NetRow } from "../../types.ts";
import type { Names } from "../findNames.ts";

/** Columns that say nothing about the world. */
const TECHNICAL = new Set(["id", "revision"]);
/** Columns that hold an id, under the name of what they lead to. */
const LINKS: Readonly<Record<string, readonly [name: string, kind: keyof Names]>> = {
  head_id: ["head", "entities"],
  relation_id: ["relation", "relations"],
  tail_id: ["tail", "entities"],
  merged_into: ["mergedInto", "entities"],
};
const RENAMED: Readonly<Record<string, string>> = { is_symmetric: "symmetric" };

/**
 * Compares a row before and after, field by field, under the names of the API; ids of entities and relations become
 * their names. Of a row that was added or removed the fields that hold something are listed.
 */
export function diffFields({ before, after }: Pick<NetRow, "before" | "after">, names: Names): FieldDiff[] {
  const columns = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const fields: FieldDiff[] = [];
  for (const column of columns) {
    if (TECHNICAL.has(column)) continue;
    const [was, is] = [before, after].map((image) => tell(image, column, names));
    if (!isDeepStrictEqual(was, is) && !(isEmpty(was) && isEmpty(is))) {
      fields.push({ name: nameOf(column), before: was, after: is });
    }
  }
  return fields;
}

function tell(image: JSONObject | null, column: string, names: Names): unknown {
  const value = image?.[column] ?? null;
  const link = LINKS[column];
  if (!link || value === null) return value;
  return names[link[1]].get(String(value)) ?? String(value);
}

/** What a row has where nothing was said; a change from one to another is none. */
function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

/** The name of a column in the API: `is_item` → isItem. */
function nameOf(column: string): string {
  return (
    LINKS[column]?.[0] ??
    RENAMED[column] ??
    column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  );
}
