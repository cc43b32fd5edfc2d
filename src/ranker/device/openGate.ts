import type { PathBatch, PathParameters } from "./types.ts";

/**
 * Gives the gate a of a path by its place in the batch: 2σ(⟨profile_u ∘ query_g, x_m⟩/√d + offset_g).
 * profile ∘ query is kept from one path to the next, as paths of one user and group mostly stand together.
 */
export function openGate(batch: PathBatch, parameters: PathParameters): (path: number) => number {
  const { group, user, meeting } = batch;
  const { dim, profile, query, embedding, offset } = parameters;
  const asks = findAsking(parameters);
  const asked = new Float64Array(dim); // profile_u ∘ query_g / √d
  const scale = 1 / Math.sqrt(dim);
  let [lastUser, lastGroup] = [-1, -1];
  return (path) => {
    const g = group[path];
    let dot = offset[g];
    if (asks[g] === 1 && meeting[path] >= 0) {
      const u = user[path];
      if (u !== lastUser || g !== lastGroup) {
        for (let k = 0; k < dim; k++) asked[k] = profile[u * dim + k] * query[g * dim + k] * scale;
        lastUser = u;
        lastGroup = g;
      }
      const x = meeting[path] * dim;
      for (let k = 0; k < dim; k++) dot += asked[k] * embedding[x + k];
    }
    return dot === 0 ? 1 : 2 / (1 + Math.exp(-dot));
  };
}

/** 1 for each group with a query that is not all 0. */
function findAsking({ dim, query, offset }: PathParameters): Uint8Array {
  const asks = new Uint8Array(offset.length);
  for (let at = 0; at < query.length; at++) if (query[at] !== 0) asks[Math.floor(at / dim)] = 1;
  return asks;
}
