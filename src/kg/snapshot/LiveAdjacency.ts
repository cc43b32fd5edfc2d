import type { Edges } from "../types.ts";
import type { Adjacency } from "./buildAdjacency.ts";
import { compactRows } from "./compactRows.ts";
import { editRow, type RowEdit } from "./editRow.ts";

const NO_EDGES: Edges = {
  start: 0,
  end: 0,
  neighbour: new Int32Array(0),
  relation: new Uint16Array(0),
  confidence: new Float32Array(0),
  triple: new Uint32Array(0),
};
const BYTES_PER_EDGE = 14;
const BYTES_PER_ROW = 640; // an overlay row's four typed-array objects and its place in the map

/**
 * One direction of the graph: compressed rows and, over them, a changed copy of each row that was touched since.
 * Rows given out are never written again, so a reader keeps what it holds. The overlay is folded into the
 * compressed rows (one linear copy) once it is larger than an eighth of them and a mebibyte.
 */
export class LiveAdjacency {
  #base: Adjacency;
  readonly #overlay = new Map<number, Edges>();
  #overlayEdges = 0;

  constructor(
    base: Adjacency,
    private readonly slackBytes = 1 << 20,
  ) {
    this.#base = base;
  }

  /** A copy that shares the rows, which nobody writes to; later edits of either are its own. */
  fork(): LiveAdjacency {
    const copy = new LiveAdjacency(this.#base, this.slackBytes);
    for (const [index, row] of this.#overlay) copy.#overlay.set(index, row);
    copy.#overlayEdges = this.#overlayEdges;
    return copy;
  }

  /** Bytes of the arrays, the overlay included. */
  get bytes(): number {
    return baseBytes(this.#base) + this.#overlayBytes;
  }

  get overlayRows(): number {
    return this.#overlay.size;
  }

  row(index: number): Edges {
    if (this.#overlay.size !== 0) {
      const changed = this.#overlay.get(index);
      if (changed !== undefined) return changed;
    }
    const base = this.#base;
    if (index + 1 >= base.offsets.length) return NO_EDGES;
    return {
      start: base.offsets[index],
      end: base.offsets[index + 1],
      neighbour: base.neighbour,
      relation: base.relation,
      confidence: base.confidence,
      triple: base.triple,
    };
  }

  /** Rewrites each edited row once, however many edits it has. `size` counts the entities now. */
  edit(edits: ReadonlyMap<number, RowEdit>, size: number): void {
    for (const [index, edit] of edits) {
      const row = editRow(this.row(index), edit);
      this.#overlayEdges += row.end - (this.#overlay.get(index)?.end ?? 0);
      this.#overlay.set(index, row);
    }
    if (this.#overlayBytes > this.slackBytes + baseBytes(this.#base) / 8) {
      this.#base = compactRows(this.#base, this.#overlay, size);
      this.#overlay.clear();
      this.#overlayEdges = 0;
    }
  }

  get #overlayBytes(): number {
    return this.#overlayEdges * BYTES_PER_EDGE + this.#overlay.size * BYTES_PER_ROW;
  }
}

function baseBytes(base: Adjacency): number {
  return base.offsets.byteLength + base.neighbour.length * BYTES_PER_EDGE;
}
