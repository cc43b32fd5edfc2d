import { DomainError } from "../errors.ts";
import type { Graph } from "../kg/types.ts";
import type { Joined } from "./bindModel.ts";
import { type BoundSpace, projectVector, type VectorSet, type VectorSpace } from "./spaces.ts";

/**
 * Binds a space: the model's own vectors, and behind them those of entities that came after the training,
 * projected from what is stored now.
 */
export function bindSpace(
  space: VectorSpace,
  graph: Graph,
  joined: Joined,
  stored: VectorSet | undefined,
): BoundSpace {
  assertSameEncoder(space, stored);
  const known = space.vectors.length / space.dim;
  const present = Uint8Array.from({ length: known }, (_, at) => Number(hasVector(space, at)));
  const isKnown = (at: number) => at >= 0 && present[at] === 1;
  const later = new Map<number, number>(); // entity index → place among `stored`
  stored?.ids.forEach((id, place) => {
    const index = graph.indexOf(String(id));
    if (index >= 0 && !isKnown(joined.positionOf(index))) later.set(index, place);
  });
  if (later.size === 0 || !stored) {
    return {
      dim: space.dim,
      vectors: space.vectors,
      rowOf: (index) => {
        const at = joined.positionOf(index);
        return isKnown(at) ? at : -1;
      },
    };
  }
  const vectors = new Float32Array((known + later.size) * space.dim);
  vectors.set(space.vectors);
  const rows = new Map<number, number>();
  for (const [index, place] of later) {
    const row = known + rows.size;
    const raw = stored.values.subarray(place * stored.dim, (place + 1) * stored.dim);
    projectVector(space, raw, vectors, row * space.dim);
    rows.set(index, row);
  }
  return {
    dim: space.dim,
    vectors,
    rowOf: (index) => {
      const at = joined.positionOf(index);
      return isKnown(at) ? at : (rows.get(index) ?? -1);
    },
  };
}

function hasVector({ vectors, dim }: VectorSpace, at: number): boolean {
  for (let k = at * dim; k < (at + 1) * dim; k++) if (vectors[k] !== 0) return true;
  return false;
}

function assertSameEncoder(space: VectorSpace, stored: VectorSet | undefined): void {
  if (!stored || (stored.encoder === space.encoder && stored.dim === space.sourceDim)) return;
  throw new DomainError(
    "CONFIGURATION",
    `the vectors "${space.name}" were made by ${stored.encoder} (${stored.dim} numbers each); the model expects ` +
      `${space.encoder} (${space.sourceDim}): encode again, or train a new model`,
  );
}
