import type { ChangeRow, Edges, EntityId, Graph, JSONObject, Relation, Revision } from "../types.ts";
import type { Adjacency } from "./buildAdjacency.ts";
import type { Dictionary } from "./Dictionary.ts";
import type { EntityTable } from "./EntityTable.ts";
import type { Edge, RowEdit } from "./editRow.ts";
import { LiveAdjacency } from "./LiveAdjacency.ts";
import { assertTripleId } from "./makeColumns.ts";
import { type NetChange, netChanges } from "./netChanges.ts";
import { RelationTable } from "./RelationTable.ts";
import { relationOf } from "./relationOf.ts";
import { holdsAt, TimedTriples } from "./TimedTriples.ts";

/** What a snapshot is made of. */
export interface SnapshotParts {
  readonly revision: Revision;
  readonly entities: EntityTable;
  readonly relations: readonly Relation[] | RelationTable;
  /** The triples that hold at `at`. */
  readonly out: Adjacency | LiveAdjacency;
  readonly in: Adjacency | LiveAdjacency;
  readonly tripleCount?: number;
  /** The moment whose triples they are, in milliseconds; now where left out. */
  readonly at?: number;
  /** The triples with a validity; none where left out. */
  readonly timed?: TimedTriples;
  /** What the entities are called, where it is kept. */
  readonly dictionary?: Dictionary | null;
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
  readonly #timed: TimedTriples;
  /** What the entities are called; null where it is not kept: a fork has none. */
  readonly dictionary: Dictionary | null;
  #revision: Revision;
  #tripleCount: number;
  #at: number;

  constructor(parts: SnapshotParts) {
    const { out, in: into, relations, slackBytes } = parts;
    this.#revision = parts.revision;
    this.#entities = parts.entities;
    this.#relations = relations instanceof RelationTable ? relations : new RelationTable(relations);
    this.#tripleCount = parts.tripleCount ?? (out as Adjacency).triple.length;
    this.#out = out instanceof LiveAdjacency ? out : new LiveAdjacency(out, slackBytes);
    this.#in = into instanceof LiveAdjacency ? into : new LiveAdjacency(into, slackBytes);
    this.#at = parts.at ?? Date.now();
    this.#timed = parts.timed ?? new TimedTriples();
    this.dictionary = parts.dictionary ?? null;
  }

  /**
   * A snapshot of its own that begins as this one is: changes of either leave the other as it was. It shares the
   * rows that neither has changed; 11 bytes per entity are copied.
   */
  fork(): Snapshot {
    return new Snapshot({
      revision: this.#revision,
      entities: this.#entities.copy(),
      relations: this.#relations.copy(),
      out: this.#out.fork(),
      in: this.#in.fork(),
      tripleCount: this.#tripleCount,
      at: this.#at,
      timed: new TimedTriples(this.#timed),
    });
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
  /** Whether relation indices are in the order of ids, so that rows of the adjacency are too. */
  get relationsInOrder(): boolean {
    return this.#relations.inOrder;
  }
  /** The relation with this id; undefined where unknown. */
  relationOf(id: number): Relation | undefined {
    return this.#relations.list[this.#relations.find(id)];
  }
  /** Bytes held in typed arrays, the overlay included. */
  get bytes(): number {
    return this.#entities.bytes + this.#out.bytes + this.#in.bytes;
  }
  /** Rows that differ from the compressed ones, both directions. */
  get overlayRows(): number {
    return this.#out.overlayRows + this.#in.overlayRows;
  }

  /** The moment whose triples are walked, in milliseconds. */
  get at(): number {
    return this.#at;
  }
  /** The triples with a validity, whether they hold now or not; the snapshot's own. */
  get timed(): TimedTriples {
    return this.#timed;
  }
  /** No triple begins or ceases to hold before this moment. */
  get nextTurn(): number {
    return this.#timed.next;
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
    this.dictionary?.apply(net, (id) => this.#entities.find(id));
    this.#revision = revision;
    return true;
  }

  /** Moves to another moment, at which other triples may hold. Tells whether any has turned. */
  moveTo(at: number): boolean {
    const turns = this.#timed.move(this.#at, at);
    this.#at = at;
    if (turns.length === 0) return false;
    this.#editTriples(turns.map(({ id, row, holds }) => (holds ? [id, null, row] : [id, row, null])));
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
    const walked = (row: JSONObject | null) => (row && isLive(row) && holdsAt(row, this.#at) ? row : null);
    const edits = [...changes].map(
      ([id, { before, after }]): TripleEdit => [id, walked(before), walked(after)],
    );
    if (!this.#editTriples(edits)) return false;
    for (const [id, { after }] of changes) this.#timed.set(id, after, this.#at);
    return true;
  }

  #editTriples(edits: readonly TripleEdit[]): boolean {
    const out = new Map<number, RowEdit>();
    const into = new Map<number, RowEdit>();
    let count = this.#tripleCount;
    for (const [id, before, after] of edits) {
      const gone = before && this.#ends(before);
      const come = after && this.#ends(after);
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

/** What leaves the walked triples under an id, and what enters them. */
type TripleEdit = readonly [id: number, gone: JSONObject | null, come: JSONObject | null];

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
