import { ENTITY_FIELDS } from "../tables/entity.ts";
import { columnsSql, makeLeanReader, packedSql } from "../tables/lean.ts";
import { RELATION_FIELDS } from "../tables/relation.ts";
import { readTriple, TRIPLE_COLUMNS, TRIPLE_FIELDS } from "../tables/triple.ts";
import type { Entity, Relation, Triple, TripleEnds, TripleSelection } from "../types.ts";

type Packed = readonly unknown[] | null;

/** A triple's row, with the fields of its ends packed where they were selected. */
export interface SelectedRow extends Triple {
  readonly headFields?: Packed;
  readonly relationFields?: Packed;
  readonly tailFields?: Packed;
}

interface Selected {
  /** The `select` list, of a table named `t`. */
  readonly sql: string;
  read(row: SelectedRow): Triple & TripleEnds;
}

const ALL: Selected = { sql: TRIPLE_COLUMNS, read: readTriple };
const IDS = ["id", "headId", "relationId", "tailId"] as const;
const known = new WeakMap<TripleSelection, Selected>();

/**
 * Gives the SQL that selects triples with the fields that are asked for, of their ends too, and what reads its rows.
 * An end that was merged into another is left null: whoever needs it loads the one that survives.
 */
export function selectTriples(selection: TripleSelection | null | undefined): Selected {
  if (selection == null) return ALL;
  const made = known.get(selection) ?? makeSelected(selection);
  known.set(selection, made);
  return made;
}

function makeSelected({ triple, head, relation, tail }: TripleSelection): Selected {
  const fields = [...new Set([...IDS, ...triple])];
  const columns = [columnsSql(TRIPLE_FIELDS, fields)];
  const ends: ((row: SelectedRow, lean: Record<string, unknown>) => void)[] = [];
  for (const [name, wanted] of [
    ["head", head],
    ["tail", tail],
  ] as const) {
    if (!wanted) continue;
    const others = wanted.filter((field) => field !== "id");
    columns.push(`(select ${packedSql(ENTITY_FIELDS, others)} from entity e
      where e.id = t.${name}_id and e.merged_into is null) as "${name}Fields"`);
    const read = makeLeanReader<Entity>(ENTITY_FIELDS, ["id", ...others]);
    ends.push((row, lean) => {
      const packed = row[`${name}Fields`];
      if (packed) lean[name] = read((_, i) => (i === 0 ? row[`${name}Id`] : packed[i - 1]));
    });
  }
  if (relation) {
    const others = relation.filter((field) => field !== "id");
    columns.push(`(select ${packedSql(RELATION_FIELDS, others)} from relation r
      where r.id = t.relation_id) as "relationFields"`);
    const read = makeLeanReader<Relation>(RELATION_FIELDS, ["id", ...others]);
    ends.push((row, lean) => {
      const packed = row.relationFields;
      if (packed) lean.relation = read((_, i) => (i === 0 ? row.relationId : packed[i - 1]));
    });
  }
  const readOwn = makeLeanReader<Triple>(TRIPLE_FIELDS, fields);
  return {
    sql: columns.join(", "),
    read(row) {
      const lean = readOwn((field) => row[field]);
      for (const end of ends) end(row, lean as unknown as Record<string, unknown>);
      return lean;
    },
  };
}
