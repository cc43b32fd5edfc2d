import type { KernelConfig, NeighbourLists, SourceConfig } from "../model.ts";
import { easeKernel } from "./easeKernel.ts";
import type { ItemSpace } from "./itemSpace.ts";
import { cosineKernel, type KernelRow, scaleKernel } from "./kernels.ts";
import { nextKernel } from "./nextKernel.ts";
import { selectStrongest } from "./selectStrongest.ts";
import { walkKernel } from "./walkKernel.ts";

/**
 * Fits one behaviour source: for each item of the space its strongest neighbours under the mix of kernels, in
 * ascending order of item number. Cost: the kernels' own, and I² for the selection.
 */
export function fitSource(space: ItemSpace, source: SourceConfig, neighbours: number): NeighbourLists {
  const items = space.entity.length;
  const row = mixKernels(space, source.kernels);
  const out = new Float64Array(items);
  const scratch = new Float64Array(items);
  const offsets = new Uint32Array(items + 1);
  const neighbour: number[] = [];
  const similarity: number[] = [];
  for (let item = 0; item < items; item++) {
    row(item, out.fill(0));
    for (const other of selectStrongest(out, neighbours, scratch)) {
      neighbour.push(other);
      similarity.push(out[other]);
    }
    offsets[item + 1] = neighbour.length;
  }
  return { offsets, neighbour: Uint32Array.from(neighbour), similarity: Float32Array.from(similarity) };
}

function mixKernels(space: ItemSpace, kernels: readonly KernelConfig[]): KernelRow {
  const items = space.entity.length;
  const rows = kernels
    .filter(({ kind, share }) => share !== 0 && (kind !== "next" || space.ordered))
    .map((kernel) => ({ row: scaleKernel(makeKernel(space, kernel), items), share: kernel.share }));
  const [first] = rows;
  if (rows.length === 1 && first.share === 1) return first.row;
  const extra = new Float64Array(items);
  return (item, out) => {
    for (const { row, share } of rows) {
      row(item, extra.fill(0));
      for (let other = 0; other < items; other++) out[other] += share * extra[other];
    }
  };
}

function makeKernel(
  space: ItemSpace,
  { kind, discount = 0.25, ridge = 200, emphasis = 0 }: KernelConfig,
): KernelRow {
  if (kind === "ease") return easeKernel(space, ridge, emphasis);
  if (kind === "walk") return walkKernel(space, discount);
  if (kind === "next") return nextKernel(space, { discount });
  return cosineKernel(space, discount);
}
