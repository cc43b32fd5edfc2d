import { applyShape, type Shape, shareOf } from "../../shape.ts";
import { makeChains, makeStart, Walk } from "./chains.ts";
import type { AdditiveModel } from "./fitShapes.ts";
import { type ChainPath, listPaths } from "./listPaths.ts";
import { NEWCOMER, POPULARITY } from "./measureMasses.ts";
import type { World } from "./World.ts";

/** Why a row has its score: bias + Σ parts = logit, and within a part Σ evidence + other = contribution. */
export interface RowEvidence {
  readonly logit: number;
  readonly bias: number;
  readonly parts: readonly Part[];
}

/** What one group of paths, or one property of the item, adds. */
export interface Part {
  readonly group: string;
  readonly mass: number;
  readonly contribution: number;
  readonly evidence: readonly PathEvidence[];
  /** What the paths that are not listed add. */
  readonly other: number;
}

export interface PathEvidence extends ChainPath {
  /** f(z)·x/z */
  readonly contribution: number;
  /** f(z − x) − f(z): what the part changes by when this path alone is gone. */
  readonly deltaIfRemoved: number;
}

/** Takes the score of a user and an item apart, down to the `most` heaviest paths of each group. */
export function explainRow(
  model: AdditiveModel,
  world: World,
  { user, item, most }: { readonly user: number; readonly item: number; readonly most: number },
): RowEvidence {
  const history = world.history[user];
  const walk = new Walk(makeStart(history, world.items));
  const chains = new Map(makeChains(world).map((chain) => [chain.name, chain]));
  const fans = world.fans[item];
  const parts = model.groups.map((group, at): Part => {
    const shape = model.shapes[at];
    const chain = chains.get(group);
    if (!chain) return makeItemPart(group, shape, fans);
    const mass = walk.measure(chain, item);
    const evidence = listPaths(chain, { history, item }, most).map((path) => weigh(path, shape, mass));
    const contribution = applyShape(shape, mass);
    const listed = evidence.reduce((sum, path) => sum + path.contribution, 0);
    return { group, mass, contribution, evidence, other: contribution - listed };
  });
  const logit = parts.reduce((sum, { contribution }) => sum + contribution, model.bias);
  return { logit, bias: model.bias, parts };
}

/** A part that no path leads to: it is all "other". */
function makeItemPart(group: string, shape: Shape, fans: number): Part {
  if (group !== POPULARITY && group !== NEWCOMER) {
    throw new RangeError(`the model has the group "${group}"; expected one of this world's chains`);
  }
  const mass = group === POPULARITY ? fans : Number(fans === 0);
  const contribution = applyShape(shape, mass);
  return { group, mass, contribution, evidence: [], other: contribution };
}

function weigh(path: ChainPath, shape: Shape, mass: number): PathEvidence {
  return {
    ...path,
    contribution: shareOf(shape, mass) * path.mass,
    deltaIfRemoved: applyShape(shape, Math.max(0, mass - path.mass)) - applyShape(shape, mass),
  };
}
