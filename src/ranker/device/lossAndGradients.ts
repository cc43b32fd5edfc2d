import { slope } from "./bend.ts";
import { fusePathsArrays } from "./fusePathsArrays.ts";
import type { ChoiceBatch, Floats, Gradients, PathParameters } from "./types.ts";

/** Room for the gradients of `parameters`, all 0. */
export function makeGradients(parameters: PathParameters): Gradients {
  const room = ({ length }: Floats) => new Float64Array(length);
  const { weights, query, offset, embedding, profile } = parameters;
  return {
    weights: room(weights),
    query: room(query),
    offset: room(offset),
    embedding: room(embedding),
    profile: room(profile),
  };
}

/**
 * Gives the softmax cross-entropy of the users' choices, mean over users, and adds its gradients, derived by
 * hand, to `gradients`. Loops over typed arrays; cost: 4·N·d. The bias has none: it moves all rows alike.
 */
export function lossAndGradients(
  batch: ChoiceBatch,
  parameters: PathParameters,
  gradients: Gradients,
): number {
  const { score, gate } = fusePathsArrays(batch, parameters);
  const { loss, push } = pushScores(batch, score);
  const { row, group, mass } = batch;
  const pushGate = pushGates(batch, parameters, gradients);
  const pushWeight = pushWeights(parameters, gradients.weights);
  const masses = new Float64Array(parameters.offset.length);
  for (let first = 0, end = 0; first < row.length; first = end) {
    for (end = first; end < row.length && row[end] === row[first]; end++) {
      masses[group[end]] += gate[end] * mass[end];
    }
    const pushed = push[row[first]];
    for (let path = first; path < end; path++) {
      const z = masses[group[path]];
      const moved = pushed * slope(parameters, group[path], z) * mass[path]; // by a
      // a = 2σ(t), so da/dt = a·(1 − a/2)
      if (moved !== 0) pushGate(path, moved * gate[path] * (1 - gate[path] / 2));
    }
    for (let path = first; path < end; path++) {
      const g = group[path];
      if (masses[g] !== 0) pushWeight(g, masses[g], pushed);
      masses[g] = 0; // once per group
    }
  }
  return loss;
}

/** The loss and its slope by each score: Σ target·softmax − target, over the number of users. */
function pushScores(
  { offsets, target }: ChoiceBatch,
  score: Floats,
): { readonly loss: number; readonly push: Float64Array } {
  const push = new Float64Array(score.length);
  const users = offsets.length - 1;
  let loss = 0;
  for (let user = 0; user < users; user++) {
    const [first, end] = [offsets[user], offsets[user + 1]];
    let [highest, total, chosen] = [-Infinity, 0, 0];
    for (let r = first; r < end; r++) highest = Math.max(highest, score[r]);
    for (let r = first; r < end; r++) {
      push[r] = Math.exp(score[r] - highest);
      total += push[r];
      chosen += target[r];
    }
    for (let r = first; r < end; r++) {
      if (target[r] !== 0) loss -= (target[r] * (score[r] - highest - Math.log(total))) / users;
      push[r] = ((chosen * push[r]) / total - target[r]) / users;
    }
  }
  return { loss, push };
}

/** Gives what adds the gradients behind one gate, by its path, whose argument t moves the loss by `moved`. */
function pushGates(
  { group, user, meeting }: ChoiceBatch,
  { dim, profile, query, embedding }: PathParameters,
  into: Gradients,
): (path: number, moved: number) => void {
  const scale = 1 / Math.sqrt(dim);
  const { offset, profile: toProfile, query: toQuery, embedding: toEmbedding } = into;
  return (path, moved) => {
    offset[group[path]] += moved;
    if (meeting[path] < 0) return;
    const [u, g, x] = [user[path] * dim, group[path] * dim, meeting[path] * dim];
    const scaled = moved * scale;
    for (let k = 0; k < dim; k++) {
      const p = scaled * profile[u + k];
      const q = query[g + k];
      const e = embedding[x + k];
      toProfile[u + k] += scaled * q * e;
      toQuery[g + k] += p * e;
      toEmbedding[x + k] += p * q;
    }
  };
}

/** f is linear in its weights: each moves the score by its own bend of z. */
function pushWeights(
  { tau, kappa }: PathParameters,
  weights: Floats,
): (g: number, z: number, pushed: number) => void {
  const groups = tau.length;
  return (g, z, pushed) => {
    const [size, signed] = z < 0 ? [-z, -pushed] : [z, pushed];
    weights[g] += pushed * z;
    weights[groups + g] += signed * -Math.expm1(-size / tau[g]);
    weights[2 * groups + g] += signed * Math.log1p(size / kappa[g]);
  };
}
