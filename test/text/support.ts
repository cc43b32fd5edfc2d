import type { Database } from "../../src/kg/database.ts";
import { loadSnapshot } from "../../src/kg/snapshot/loadSnapshot.ts";
import { openGazetteer } from "../../src/reader/openGazetteer.ts";
import { nameOf, type Reader } from "../../src/text/extract/extractTriples.ts";
import type { Extraction, NamedEntity } from "../../src/text/types.ts";

/** Opens what texts are read with, on the graph as it is now. */
export async function openReader(db: Database): Promise<Reader> {
  const graph = await loadSnapshot(db);
  return { graph, gazetteer: await openGazetteer(db, { graph })() };
}

/** Writes an extraction as "head relation tail", a new end as "?type:name". */
export function told({ head, relation, tail }: Extraction): string {
  return `${nameOf(head)} ${relation} ${nameOf(tail)}`;
}

/** An entity that only has what a test is about. */
export function named(id: number, name: string, more: Partial<NamedEntity> = {}): NamedEntity {
  return {
    ...{ id: String(id), key: `movie:${id}`, type: "movie", name, aliases: [], isItem: true, year: null },
    ...more,
  };
}
