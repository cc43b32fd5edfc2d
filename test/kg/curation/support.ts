import { expect } from "vitest";
import { createCuration } from "../../../src/kg/curation/index.ts";
import type { Database } from "../../../src/kg/database.ts";
import type { Curation, EditResult, ProblemCode } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { type Films, insertFilms } from "../../support/films.ts";

const WRITTEN = [
  "entity",
  "relation",
  "triple",
  "entity_degree",
  "change",
  "change_row",
  "graph",
  "interaction",
];

/** The film graph with its edits, and what tests ask of them. */
export interface Desk {
  readonly db: Database;
  readonly films: Films;
  readonly curation: Curation;
  /** Everything that an edit may write, but for the answers kept under idempotency keys. */
  dump(tables?: readonly string[]): Promise<unknown>;
  /** Sees that an edit is refused with exactly these problems and leaves no trace; gives their messages. */
  expectRefused(
    edit: () => Promise<EditResult<unknown>>,
    problems: readonly (readonly [ProblemCode, string | null])[],
  ): Promise<string[]>;
  /** Sees that an edit is written without a word; gives its value. */
  expectWritten<T>(edit: Promise<EditResult<T>>): Promise<T>;
  /** Triples as "head relation tail", sorted. */
  triples(condition?: string): Promise<string[]>;
}

/** Opens a database of its own with the film graph. */
export async function openDesk(): Promise<Desk> {
  const db = await createTestDatabase();
  const films = await insertFilms(db);
  const dump: Desk["dump"] = (tables = WRITTEN) =>
    Promise.all(tables.map((table) => db.query(`select * from ${table} order by 1`)));
  return {
    ...{ db, films, dump, curation: createCuration(db) },
    async expectRefused(edit, problems) {
      const before = await dump();
      const result = await edit();
      expect(result.problems.map(({ code, path }) => [code, path?.join(".") ?? null])).toEqual(problems);
      expect(result).toMatchObject({ value: null, change: null });
      expect(await dump()).toEqual(before);
      return result.problems.map(({ message }) => message);
    },
    async expectWritten(edit) {
      const { value, change, problems } = await edit;
      expect(problems).toEqual([]);
      expect(change).not.toBeNull();
      return value!;
    },
    async triples(condition = "true") {
      const rows = await db.query<{ text: string }>(`
        select format('%s %s %s', h.key, r.key, l.key) as text
          from triple t join entity h on h.id = t.head_id join relation r on r.id = t.relation_id
          join entity l on l.id = t.tail_id where ${condition} order by 1`);
      return rows.map(({ text }) => text);
    },
  };
}
