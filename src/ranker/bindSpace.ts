import { DomainError } from "../errors.ts";
import type { Graph } from "../kg/types.ts";
import type { Joined } from "./bindModel.ts";
import { type BoundSpace, projectVector, rowAt, type VectorSet, type VectorSpace } from "./spaces.ts";

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
  const { kind, dim, halfLife, from, to, origin } = space;
  const known = from.length / dim;
  const present = Uint8Array.from({ length: known }, (_, at) => Number(hasVector(space, at)));
  const knownRow = (index: number) => {
    const at = joined.positionOf(index);
    return at >= 0 && present[at] === 1 ? at : -1;
  };
  const later = new Map<number, number>(); // entity index → place among `stored`
  stored?.ids.forEach((id, place) => {
    const index = graph.indexOf(String(id));
    if (index >= 0 && knownRow(index) < 0) later.set(index, place);
  });
  if (later.size === 0 || !stored || !origin) return { kind, dim, halfLife, from, to, rowOf: knownRow };
  const vectors = new Float32Array((known + later.size) * dim);
  vectors.set(to);
  const rows = new Map<number, number>();
  for (const [index, place] of later) {
    const row = known + rows.size;
    projectVector(origin, rowAt(stored.values, place, stored.dim), vectors, row * dim);
    rows.set(index, row);
  }
  const rowOf = (index: number) => {
    const row = knownRow(index);
    return row >= 0 ? row : (rows.get(index) ?? -1);
  };
  return { kind, dim, halfLife, from: vectors, to: vectors, rowOf };
}

function hasVector({ from, to, dim }: VectorSpace, at: number): boolean {
  for (let k = at * dim; k < (at + 1) * dim; k++) if (from[k] !== 0 || to[k] !== 0) return true;
  return false;
}

function assertSameEncoder({ name, origin }: VectorSpace, stored: VectorSet | undefined): void {
  if (!stored || !origin || (stored.encoder === origin.encoder && stored.dim === origin.sourceDim)) return;
  throw new DomainError(
    "CONFIGURATION",
    `the vectors "${name}" were made by ${stored.encoder} (${stored.dim} numbers each); the model expects ` +
      `${origin.encoder} (${origin.sourceDim}): encode again, or train a new model`,
  );
}
