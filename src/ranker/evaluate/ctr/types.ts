/**
 * Click-through prediction: rows (user, item, label) with negatives that the data set fixed, a graph beside
 * them, arrays in and numbers out. Users, items, entities and relations are dense indices here.
 */

/** The labelled rows, in file order. */
export interface CtrRows {
  readonly user: Int32Array;
  readonly item: Int32Array;
  /** 1 liked, 0 not. */
  readonly label: Uint8Array;
}

/** The graph's triples; an item is the entity of the same index. */
export interface CtrTriples {
  readonly head: Int32Array;
  readonly relation: Int32Array;
  readonly tail: Int32Array;
}

/** A click-through data set in memory. */
export interface CtrData {
  readonly name: string;
  readonly users: number;
  readonly items: number;
  /** Items first, then the entities that are no items. */
  readonly entities: number;
  readonly relationKeys: readonly string[];
  readonly rows: CtrRows;
  readonly triples: CtrTriples;
}

/** Which rows teach, select and judge, as positions in `CtrRows`. */
export interface CtrSplit {
  readonly train: Int32Array;
  readonly valid: Int32Array;
  readonly test: Int32Array;
}
