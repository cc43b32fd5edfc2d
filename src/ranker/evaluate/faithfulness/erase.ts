import type { Removable } from "./removePaths.ts";

/** Shares of what an item's paths carry together. */
export interface Erasure {
  /** Share that goes when the strongest `count` paths go. */
  readonly comprehensiveness: number;
  /** Share that the strongest `count` paths keep alone. */
  readonly sufficiency: number;
  /** The same two of as many paths drawn at random. */
  readonly random: { readonly comprehensiveness: number; readonly sufficiency: number };
}

/**
 * Erases the strongest `count` paths, then all others, and asks the model for the score each time. Null where
 * there are not more than `count` paths, or where they carry nothing together.
 * @see DeYoung et al. 2020 (ERASER), section 4; there sufficiency is what is lost, here what is kept
 */
export function erasePaths(item: Removable, count: number, random: () => number): Erasure | null {
  const { paths, score } = item;
  if (paths.length <= count) return null;
  const floor = item.without(paths);
  const carried = score - floor;
  if (!(carried > 1e-12)) return null;
  const measure = (places: ReadonlySet<number>) => ({
    comprehensiveness: (score - item.without(paths.filter((_, at) => places.has(at)))) / carried,
    sufficiency: (item.without(paths.filter((_, at) => !places.has(at))) - floor) / carried,
  });
  return {
    ...measure(new Set(Array.from({ length: count }, (_, at) => at))),
    random: measure(drawPlaces(paths.length, count, random)),
  };
}

function drawPlaces(length: number, count: number, random: () => number): Set<number> {
  const places = new Set<number>();
  while (places.size < count) places.add(Math.floor(random() * length));
  return places;
}
