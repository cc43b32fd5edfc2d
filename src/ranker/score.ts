import type { BoundModel } from "./bindModel.ts";
import { addMeetings } from "./meetings.ts";
import { applyShape } from "./shape.ts";
import type { Signals } from "./signals.ts";
import { dotRow, rowAt } from "./spaces.ts";

/** Room for the masses of one item: one number per group. */
export function makeMasses({ model, graph }: Signals): Float64Array {
  return new Float64Array(model.layout.firstRelation + graph.relations.length);
}

/** Writes z, the mass of each group's paths to `item`, into `masses`. */
export function fillMasses(signals: Signals, item: number, masses: Float64Array): void {
  const { model, spreads } = signals;
  masses.fill(0);
  for (let source = 0; source < spreads.length; source++) masses[source] = spreads[source].valueOf(item);
  masses[model.layout.popularity] = model.popularity(item);
  masses[model.layout.recent] = model.recent(item);
  for (let space = 0; space < model.spaces.length; space++) {
    masses[model.layout.firstSpace + space] = massInSpace(signals, space, item);
  }
  addMeetings(signals, item, masses);
}

/** Σ_j mass_j·⟨from_j, to_i⟩, j ≠ i. */
function massInSpace(signals: Signals, at: number, item: number): number {
  const space = signals.model.spaces[at];
  const row = space.rowOf(item);
  if (row < 0) return 0;
  const { mass, profile } = signals.spaces[at];
  const all = dotRow(profile, space.to, row, space.dim);
  const own = signals.hops.placeOf(item);
  if (own < 0 || own >= signals.own) return all;
  return all - mass[own] * dotRow(rowAt(space.from, row, space.dim), space.to, row, space.dim);
}

/** Fuses the masses of an item into its score: s = b0 + Σ_g f_g(z_g). */
export function fuse({ model }: Signals, masses: Float64Array): number {
  let score = model.bias;
  for (let group = 0; group < masses.length; group++) {
    const mass = masses[group];
    if (mass !== 0) score += applyShape(model.shapeOf(group), mass);
  }
  return score;
}

/** What an item's own popularity gives it, whoever asks. */
export function scorePopularity({ layout, shapeOf, popularity, recent }: BoundModel, item: number): number {
  return (
    applyShape(shapeOf(layout.popularity), popularity(item)) +
    applyShape(shapeOf(layout.recent), recent(item))
  );
}
