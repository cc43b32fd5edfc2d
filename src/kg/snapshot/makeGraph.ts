import type { Entity, Relation, Revision, Triple } from "../types.ts";
import { buildAdjacency } from "./buildAdjacency.ts";
import { EntityTable } from "./EntityTable.ts";
import { makeColumns } from "./makeColumns.ts";
import { Snapshot } from "./Snapshot.ts";

export interface GraphParts {
  readonly entities: readonly Pick<Entity, "id" | "type" | "isItem">[];
  readonly relations: readonly Relation[];
  readonly triples: readonly Pick<Triple, "id" | "headId" | "relationId" | "tailId" | "confidence">[];
  readonly revision?: Revision;
  readonly slackBytes?: number;
}

/**
 * Makes a snapshot from plain objects, without Postgres: for tests and for evaluation on files.
 * @throws RangeError where an id comes twice or a triple names what is not there
 */
export function makeGraph({
  entities,
  relations,
  triples,
  revision = "0",
  slackBytes,
}: GraphParts): Snapshot {
  const table = new EntityTable(entities.length);
  for (const { id, type, isItem } of [...entities].sort((a, b) => Number(a.id) - Number(b.id))) {
    table.append(Number(id), type, isItem);
  }
  const columns = makeColumns(triples.length, table, relations);
  for (const { id, headId, relationId, tailId, confidence } of triples) {
    columns.add(Number(id), Number(headId), relationId, Number(tailId), confidence);
  }
  const built = columns.finish();
  return new Snapshot({
    revision,
    entities: table,
    relations,
    out: buildAdjacency(built, table.size, "OUT"),
    in: buildAdjacency(built, table.size, "IN"),
    slackBytes,
  });
}
