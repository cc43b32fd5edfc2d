/**
 * Attention gates, the dynamic fusion: a path weighs a = 2σ(⟨p_u ∘ q_g, x_m⟩/√d + c_g) times its mass, where m
 * is where it meets the history (the shared entity, or the history item), g its group, and p_u the mean of the
 * history's embeddings, weighed by recency. Sigmoid and not softmax: each path is judged by itself, so that taking one away moves no
 * other. Parameters of 0 give a = 1, the static fusion.
 */
export interface Gates {
  readonly dim: number;
  /** x: [N × d] by position of the model's statistics; 0 for an entity without one. */
  readonly embedding: Float32Array;
  /** q by group name, [d] each; a group that is not named is not gated. */
  readonly query: { readonly [group: string]: readonly number[] };
  /** c by group name. */
  readonly offset: { readonly [group: string]: number };
}

/** The gates of one graph's groups and entity indices. */
export interface BoundGates {
  readonly dim: number;
  /** Row of an entity in `embedding`, −1 where it has none. */
  rowOf(index: number): number;
  readonly embedding: Float32Array;
  /** q of a group number, null where it is not gated. */
  queryOf(group: number): readonly number[] | null;
  offsetOf(group: number): number;
}

/** Opens the gates to one user: gives a of a group and a meeting entity. */
export function openGates(
  gates: BoundGates | null,
  history: ArrayLike<number>,
  recency: ArrayLike<number>,
): (group: number, entity: number) => number {
  if (!gates) return () => 1;
  const profile = makeProfile(gates, history, recency);
  const scale = 1 / Math.sqrt(gates.dim);
  return (group, entity) => {
    const query = gates.queryOf(group);
    if (!query) return 1;
    const row = gates.rowOf(entity) * gates.dim;
    let dot = 0;
    if (row >= 0) for (let k = 0; k < gates.dim; k++) dot += profile[k] * query[k] * gates.embedding[row + k];
    return 2 / (1 + Math.exp(-(dot * scale + gates.offsetOf(group))));
  };
}

/** p_u = Σ_j ρ_j·x_j / Σ_j ρ_j, [d]. */
export function makeProfile(
  { dim, embedding, rowOf }: Pick<BoundGates, "dim" | "embedding" | "rowOf">,
  history: ArrayLike<number>,
  recency: ArrayLike<number>,
): Float64Array {
  const profile = new Float64Array(dim);
  let total = 0;
  for (let place = 0; place < history.length; place++) {
    total += recency[place];
    const row = rowOf(history[place]) * dim;
    if (row < 0) continue;
    for (let k = 0; k < dim; k++) profile[k] += recency[place] * embedding[row + k];
  }
  if (total > 0) for (let k = 0; k < dim; k++) profile[k] /= total;
  return profile;
}
