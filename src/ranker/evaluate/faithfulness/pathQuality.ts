/**
 * Perceived quality of explanation paths, as the path-reasoning line measures it: one path per recommended item,
 * user – linking interaction j – … – shared entity e – item.
 * @see Balloccu et al. 2022, https://doi.org/10.1145/3477495.3532041 (LIR, SEP, diversity of types)
 * @see https://github.com/tail-unica/hopwise (LID, SED, PTD, PTC; its moving average is taken over here)
 */

/** What the metrics need of a path. */
export interface ExplainedPath {
  /** Linking interaction: the history item that the path starts from. */
  readonly link: number;
  /** Recency of the link among the user's interactions, 0..1; see `smoothRanks`. */
  readonly recency: number;
  /** Shared entity: the last node before the item where it is no item of the history; null where there is none. */
  readonly shared: number | null;
  /** Popularity of the shared entity among those of its type, 0..1. */
  readonly popularity: number;
  /** What the last step walks: a relation, or the name of a similarity. */
  readonly type: string;
}

export interface PathQuality {
  /** Linking interaction recency: mean, 1 is the newest. */
  readonly LIR: number;
  /** Shared entity popularity: mean over paths that have one, 1 is the most popular. */
  readonly SEP: number;
  /** Linking interaction diversity: different links per path. */
  readonly LID: number;
  /** Shared entity diversity: different shared entities per path that has one. */
  readonly SED: number;
  /** Path type diversity: different types, of as many as there could be. */
  readonly PTD: number;
  /** Path type concentration as hopwise counts it: the chance that two paths differ in type; 1 is no concentration. */
  readonly PTC: number;
}

/** Measures the paths of one user's list; `types` is the number of types that paths may have. SEP and SED are NaN where no path has a shared entity, PTC for a single path. */
export function measurePathQuality(paths: readonly ExplainedPath[], types: number): PathQuality {
  const shared = paths.filter((path) => path.shared !== null);
  const names = paths.map(({ type }) => type);
  const different = new Set(names).size;
  return {
    LIR: mean(paths.map(({ recency }) => recency)),
    SEP: mean(shared.map(({ popularity }) => popularity)),
    LID: new Set(paths.map(({ link }) => link)).size / paths.length,
    SED: new Set(shared.map((path) => path.shared)).size / shared.length,
    PTD: different / Math.min(paths.length, types),
    PTC: 1 - chanceOfSame(names),
  };
}

/** Σ_t n_t·(n_t − 1) / (N·(N − 1)). */
function chanceOfSame(names: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  let pairs = 0;
  for (const count of counts.values()) pairs += count * (count - 1);
  return pairs / (names.length * (names.length - 1));
}

/**
 * Smooths ascending values by an exponentially weighted mean, α = 2/(n + 1), and scales it to 0..1: old or rare
 * things come near 0, new or popular ones near 1. Values that are all equal count by their order. 0 for one alone.
 */
export function smoothRanks(ascending: readonly number[]): number[] {
  const n = ascending.length;
  const flat = ascending[0] === ascending[n - 1];
  const keep = 1 - 2 / (n + 1);
  let [sum, weight] = [0, 0];
  const smooth = ascending.map((value, at) => {
    sum = keep * sum + (flat ? at : value);
    weight = keep * weight + 1;
    return sum / weight;
  });
  const [low, high] = [smooth[0], smooth[n - 1]];
  return smooth.map((value) => (high > low ? (value - low) / (high - low) : 0));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
