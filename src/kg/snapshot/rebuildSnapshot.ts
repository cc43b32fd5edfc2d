import type { ChangeRow, JSONObject, Relation, Revision } from "../types.ts";
import { buildAdjacency } from "./buildAdjacency.ts";
import { EntityTable } from "./EntityTable.ts";
import { makeColumns } from "./makeColumns.ts";
import { type NetChange, netChanges } from "./netChanges.ts";
import { relationOf } from "./relationOf.ts";
import { Snapshot } from "./Snapshot.ts";
import { holdsAt, TimedTriples } from "./TimedTriples.ts";

/**
 * Builds the snapshot that applying `rows` leads to, with indices of its own: the way where entities come back that
 * have none. O(graph), without Postgres; `snapshot` stays as it is.
 */
export function rebuildSnapshot(
  snapshot: Snapshot,
  rows: readonly ChangeRow[],
  revision: Revision,
): Snapshot {
  const net = netChanges(rows);
  const { at } = snapshot;
  const entities = rebuildEntities(snapshot, net.entity);
  const relations = rebuildRelations(snapshot.relations, net.relation);
  const added = [...net.triple].flatMap(([id, { after }]) =>
    after && after.rank !== "DEPRECATED" && holdsAt(after, at) ? [[id, after] as const] : [],
  );
  const columns = makeColumns(snapshot.tripleCount + added.length, entities, relations);
  for (let head = 0; head < snapshot.size; head++) {
    const { start, end, neighbour, relation, confidence, triple } = snapshot.out(head);
    for (let edge = start; edge < end; edge++) {
      if (net.triple.has(triple[edge])) continue;
      const [headId, tailId] = [snapshot.idOf(head), snapshot.idOf(neighbour[edge])].map(Number);
      columns.add(triple[edge], headId, snapshot.relations[relation[edge]].id, tailId, confidence[edge]);
    }
  }
  for (const [id, row] of added) addRow(columns, id, row);
  const timed = new TimedTriples(snapshot.timed);
  for (const [id, { after }] of net.triple) timed.set(id, after, at);
  const triples = columns.finish();
  const [out, into] = (["OUT", "IN"] as const).map((way) => buildAdjacency(triples, entities.size, way));
  return new Snapshot({ revision, entities, relations, out, in: into, at, timed });
}

function addRow(columns: ReturnType<typeof makeColumns>, id: number, row: JSONObject): void {
  const { head_id, relation_id, tail_id, confidence } = row as { readonly [column: string]: number };
  columns.add(id, head_id, relation_id, tail_id, confidence);
}

function rebuildEntities(snapshot: Snapshot, changes: ReadonlyMap<number, NetChange>): EntityTable {
  const rows = new Map<number, { readonly type: string; readonly isItem: boolean }>();
  for (let index = 0; index < snapshot.size; index++) {
    const id = snapshot.idOf(index);
    if (snapshot.indexOf(id) !== index) continue; // deleted
    rows.set(Number(id), { type: snapshot.types[snapshot.typeOf(index)], isItem: snapshot.isItem(index) });
  }
  for (const [id, { after }] of changes) {
    if (after === null) rows.delete(id);
    else {
      const isItem = after.is_item === true && (after.merged_into ?? null) === null;
      rows.set(id, { type: after.type as string, isItem });
    }
  }
  const table = new EntityTable(rows.size);
  for (const [id, { type, isItem }] of [...rows].sort(([a], [b]) => a - b)) table.append(id, type, isItem);
  return table;
}

function rebuildRelations(
  relations: readonly Relation[],
  changes: ReadonlyMap<number, NetChange>,
): Relation[] {
  const byId = new Map(relations.map((relation) => [relation.id, relation]));
  for (const [id, { after }] of changes) if (after) byId.set(id, relationOf(after));
  return [...byId.values()];
}
