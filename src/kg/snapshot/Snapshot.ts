import type { ChangeRow, Edges, EntityId, Graph, JSONObject, Relation, Revision } from "../types.ts";
import type { Adjacency } from "./buildAdjacency.ts";
import type { EntityTable } from "./EntityTable.ts";
import type { Edge, RowEdit } from "./editRow.ts";
import { LiveAdjacency } from "./LiveAdjacency.ts";
import { assertTripleId } from "./makeColumns.ts";
import { type NetChange, netChanges } from "./netChanges.ts";
import { RelationTable } from "./RelationTable.ts";
import { relationOf } from "./relationOf.ts";

/** What a snapshot is made of. */
export interface SnapshotParts {
  readonly revision: Revision;
  readonly entities: EntityTable;
  readonly relations: readonly Relation[];
  readonly out: Adjacency;
  readonly in: Adjacency;
  /** Changed rows are folded in past this many bytes (and an eighth of the rows); tests set 0. */
  readonly slackBytes?: number;
}

/**
 * The graph in memory: 28 bytes per triple (both directions) and 19 per entity. Committed changes are applied in
 * place; an index, once given, keeps its meaning for the life of the snapshot.
 * @see test/bench/snapshot.ts prints load time and memory
 */
export class Snapshot implements Graph {
  readonly #entities: EntityTable;
  readonly #relations: RelationTable;
  readonly #out: LiveAdjacency;
  readonly #in: LiveAdjacency;
  #revision: Revision;
  #tripleCount: number;

  constructor(parts: SnapshotParts) {
    this.#revision = parts.revision;
    this.#entities = parts.entities;
    this.#relations = new RelationTable(parts.relations);
    this.#tripleCount = parts.out.triple.length;
    this.#out = new LiveAdjacency(parts.out, parts.slackBytes);
    this.#in = new LiveAdjacency(parts.in, parts.slackBytes);
  }

  get revision(): Revision {
    return this.#revision;
  }
  get size(): number {
    return this.#entities.size;
  }
  get tripleCount(): number {
    return this.#tripleCount;
  }
  get relations(): readonly Relation[] {
    return this.#relations.list;
  }
  get types(): readonly string[] {
    return this.#entities.types.names;
  }
  /** Bytes held in typed arrays, the overlay included. */
  get bytes(): number {
    return this.#entities.bytes + this.#out.bytes + this.#in.bytes;
  }
  /** Rows that differ from the compressed ones, both directions. */
  get overlayRows(): number {
    return this.#out.overlayRows + this.#in.overlayRows;
  }

  indexOf(id: EntityId): number {
    const index = this.#entities.find(Number(id));
    return index >= 0 && !this.#entities.isDeleted(index) ? index : -1;
  }
  idOf(index: number): EntityId {
    return String(this.#entities.idOf(index));
  }
  isItem(index: number): boolean {
    return this.#entities.isItem(index);
  }
  typeOf(index: number): number {
    return this.#entities.typeOf(index);
  }
  out(index: number): Edges {
    return this.#out.row(index);
  }
  in(index: number): Edges {
    return this.#in.row(index);
  }

  /**
   * Applies committed changes, in commit order, and moves to `revision`. Each touched row is copied once.
   * @returns false, with edges and revision as they were, where only a fresh load can follow: an entity came
   * back under an id that has no index here.
   */
  apply(rows: readonly ChangeRow[], revision: Revision): boolean {
    const net = netChanges(rows);
    if (!this.#applyEntities(net.entity)) return false;
    for (const { after } of net.relation.values()) if (after) this.#relations.set(relationOf(after));
    if (!this.#applyTriples(net.triple)) return false;
    this.#revision = revision;
    return true;
  }

  #applyEntities(changes: ReadonlyMap<number, NetChange>): boolean {
    for (const [id, { after }] of [...changes].sort(([a], [b]) => a - b)) {
      const index = this.#entities.find(id);
      if (after === null) {
        if (index >= 0) this.#entities.delete(index);
        continue;
      }
      const type = after.type as string;
      const isItem = after.is_item === true && (after.merged_into ?? null) === null;
      if (index >= 0) this.#entities.set(index, type, isItem);
      else if (id > this.#entities.lastId) this.#entities.append(id, type, isItem);
      else return false;
    }
    return true;
  }

  #applyTriples(changes: ReadonlyMap<number, NetChange>): boolean {
    const out = new Map<number, RowEdit>();
    const into = new Map<number, RowEdit>();
    let count = this.#tripleCount;
    for (const [id, { before, after }] of changes) {
      const gone = before && isLive(before) ? this.#ends(before) : null;
      const come = after && isLive(after) ? this.#ends(after) : null;
      if ((gone && !gone.known) || (come && !come.known)) return false;
      if (gone) {
        editOf(out, gone.head).removed.add(id);
        editOf(into, gone.tail).removed.add(id);
        count--;
      }
      if (come) {
        assertTripleId(id);
        editOf(out, come.head).added.push(edge(id, come, come.tail));
        editOf(into, come.tail).added.push(edge(id, come, come.head));
        count++;
      }
    }
    this.#out.edit(out, this.size);
    this.#in.edit(into, this.size);
    this.#tripleCount = count;
    return true;
  }

  #ends(triple: JSONObject): Ends {
    const head = this.#entities.find(triple.head_id as number);
    const tail = this.#entities.find(triple.tail_id as number);
    const relation = this.#relations.find(triple.relation_id as number);
    const confidence = triple.confidence as number;
    return { head, tail, relation, confidence, known: head >= 0 && tail >= 0 && relation >= 0 };
  }
}

interface Ends {
  readonly head: number;
  readonly tail: number;
  readonly relation: number;
  readonly confidence: number;
  readonly known: boolean;
}

function isLive(triple: JSONObject): boolean {
  return triple.rank !== "DEPRECATED";
}

function editOf(edits: Map<number, RowEdit>, row: number): RowEdit {
  let edit = edits.get(row);
  if (edit === undefined) {
    edit = { removed: new Set(), added: [] };
    edits.set(row, edit);
  }
  return edit;
}

function edge(triple: number, { relation, confidence }: Ends, neighbour: number): Edge {
  return { triple, relation, confidence, neighbour };
}
