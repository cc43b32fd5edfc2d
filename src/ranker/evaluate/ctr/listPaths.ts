import { type Chain, makeStart } from "./chains.ts";
import { type Step, stepBack } from "./Step.ts";

/** One path of a chain: items[0] is in the history, items[s] → middles[s] → items[s + 1]. */
export interface ChainPath {
  readonly items: readonly number[];
  readonly middles: readonly number[];
  readonly mass: number;
}

/**
 * Lists the heaviest paths of a chain from a history to an item, heaviest first. The worth of each place, walked
 * back from the item, bounds what a beginning can still become, so that hopeless ones are left at once; the masses
 * of all paths add up to the mass that `Walk.measure` gives.
 */
export function listPaths(
  { steps, discount }: Chain,
  { history, item }: { readonly history: readonly number[]; readonly item: number },
  most: number,
): ChainPath[] {
  const { items: size } = steps[0].incidence;
  const worths: Float64Array[] = [new Float64Array(size)];
  worths[0][item] = discount ? discount[item] : 1;
  for (const step of steps.toReversed()) worths.unshift(stepBack(step, worths[0]));
  const found: ChainPath[] = [];
  const reach = (path: ChainPath): void => {
    const depth = path.middles.length;
    const [at] = path.items.slice(-1);
    if (depth === steps.length) {
      keep(found, { ...path, mass: path.mass * worths[depth][at] }, most);
      return;
    }
    const next = listNext(steps[depth], path, worths[depth + 1]);
    for (const { longer, bound } of next) {
      if (found.length === most && bound <= found[most - 1].mass) return;
      reach(longer);
    }
  };
  const start = makeStart(history, size);
  for (const first of new Set(history)) {
    if (worths[0][first] > 0) reach({ items: [first], middles: [], mass: start[first] });
  }
  return found;
}

interface Longer {
  readonly longer: ChainPath;
  /** The mass of all paths that begin so. */
  readonly bound: number;
}

/** The ways on from the end of a path that can still arrive, the most promising first. */
function listNext({ incidence, leave, arrive }: Step, path: ChainPath, worth: Float64Array): Longer[] {
  const { byItem, byMiddle } = incidence;
  const at = path.items[path.items.length - 1];
  const ways: Longer[] = [];
  for (let edge = byItem.offsets[at]; edge < byItem.offsets[at + 1]; edge++) {
    const middle = byItem.members[edge];
    const mass = path.mass * leave[at] * arrive[middle];
    if (mass === 0) continue;
    for (let to = byMiddle.offsets[middle]; to < byMiddle.offsets[middle + 1]; to++) {
      const item = byMiddle.members[to];
      if (item === at || worth[item] === 0) continue;
      const longer = { items: [...path.items, item], middles: [...path.middles, middle], mass };
      ways.push({ longer, bound: mass * worth[item] });
    }
  }
  return ways.sort((a, b) => b.bound - a.bound);
}

/** Inserts a path by its mass, of equal ones the first found first, and drops what is beyond `most`. */
function keep(found: ChainPath[], path: ChainPath, most: number): void {
  let place = found.length;
  while (place > 0 && found[place - 1].mass < path.mass) place--;
  found.splice(place, 0, path);
  if (found.length > most) found.pop();
}
