import { tripleKeyset } from "../queries/findTriplesOf.ts";
import { LazyPage } from "../queries/LazyPage.ts";
import { readWindow } from "../queries/page.ts";
import { tripleOrder } from "../queries/tripleOrder.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { shortestReal } from "../snapshot/shortestReal.ts";
import type {
  Direction,
  Edges,
  Entity,
  EntityId,
  Page,
  Relation,
  Triple,
  TripleEnds,
  TriplesOfArguments,
} from "../types.ts";

/**
 * Tells whether pages of these arguments can be read from an adjacency: first pages of all relations, of whose
 * triples no more is asked for than the adjacency holds.
 */
export function servesPage({ relations, after, last, before, select }: TriplesOfArguments): boolean {
  if (relations != null || after != null || last != null || before != null) return false;
  return select?.triple.every((field) => field === "confidence") ?? false;
}

/**
 * Gives the page of the triples of an entity that `findTriplesOf` gives, with their ends; undefined where the entity
 * is unknown or has triples that the adjacency does not show. Cost: O(page), whatever the entity's degree.
 */
export function pageOfTriples(
  snapshot: Snapshot,
  id: EntityId,
  page: TriplesOfArguments,
): Page<MemoryTriple> | undefined {
  const index = snapshot.indexOf(id);
  if (index < 0 || !snapshot.relationsInOrder || !snapshot.dictionary!.isWhole(index)) return undefined;
  const { size } = readWindow({ first: page.first }, tripleKeyset(page.direction));
  const nodes: MemoryTriple[] = [];
  for (const side of sidesOf(page.direction)) {
    const row = side === 0 ? snapshot.out(index) : snapshot.in(index);
    for (let at = row.start; at < row.end && nodes.length <= size; at++) {
      if (side === 1 && page.direction === "BOTH" && row.neighbour[at] === index) continue; // shown as it left
      nodes.push(readTriple(snapshot, index, { row, at, side }));
    }
  }
  const hasNextPage = nodes.length > size;
  if (hasNextPage) nodes.length = size;
  return new LazyPage<MemoryTriple>(nodes, hasNextPage, tripleOrder(page.direction));
}

type Side = 0 | 1;

function sidesOf(direction: Direction): readonly Side[] {
  if (direction === "BOTH") return [0, 1];
  return direction === "OUT" ? [0] : [1];
}

function readTriple(
  snapshot: Snapshot,
  index: number,
  { row, at, side }: { readonly row: Edges; readonly at: number; readonly side: Side },
): MemoryTriple {
  const relation = snapshot.relations[row.relation[at]];
  const [head, tail] = side === 0 ? [index, row.neighbour[at]] : [row.neighbour[at], index];
  return new MemoryTriple(row.triple[at], row.confidence[at], { snapshot, relation, head, tail, side });
}

interface Named {
  readonly snapshot: Snapshot;
  readonly relation: Relation;
  readonly head: number;
  readonly tail: number;
  readonly side: Side;
}

/** A triple of the adjacency; the fields that it does not hold are refused, as by a row that has not selected them. */
class MemoryTriple implements Triple, TripleEnds {
  readonly headId: EntityId;
  readonly tailId: EntityId;
  readonly relationId: number;
  readonly relation: Relation;
  /** Undefined where the end was merged: whoever needs it loads the one that survives. */
  readonly head: Entity | undefined;
  readonly tail: Entity | undefined;
  /** From which end it was met. */
  readonly side: Side;
  readonly #id: number;
  readonly #confidence: number;

  constructor(id: number, confidence: number, { snapshot, relation, head, tail, side }: Named) {
    this.#id = id;
    this.side = side;
    this.#confidence = confidence;
    this.relation = relation;
    this.relationId = relation.id;
    this.head = unmerged(snapshot.dictionary!.at(head));
    this.tail = unmerged(snapshot.dictionary!.at(tail));
    this.headId = this.head?.id ?? snapshot.idOf(head);
    this.tailId = this.tail?.id ?? snapshot.idOf(tail);
  }

  get id() {
    return String(this.#id);
  }
  get confidence() {
    return shortestReal(this.#confidence);
  }
  get rank() {
    return refuse("rank");
  }
  get qualifiers() {
    return refuse("qualifiers");
  }
  get sources() {
    return refuse("sources");
  }
  get validFrom() {
    return refuse("validFrom");
  }
  get validTo() {
    return refuse("validTo");
  }
  get revision() {
    return refuse("revision");
  }
}

function unmerged(entity: Entity | undefined): Entity | undefined {
  return entity?.mergedInto === null ? entity : undefined;
}

function refuse(field: string): never {
  throw new TypeError(`the snapshot does not hold ${field} of a triple`);
}
