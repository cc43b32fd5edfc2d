import type { Graph } from "../../kg/types.ts";
import type { ModelConfig } from "../model.ts";
import { projectVector, rowAt, type VectorSet, type VectorSpace } from "../spaces.ts";
import type { Tf } from "../tf.ts";
import { fitFactors } from "./factors/fitFactors.ts";
import { fitPrincipal } from "./fitPrincipal.ts";
import type { Counted } from "./fitStatistics.ts";
import type { ItemSpace } from "./itemSpace.ts";

/** What the vector spaces of a model are made of, besides the interactions. */
export interface SpaceSources {
  /** Null where there is no tensor backend: then there are no factors. */
  readonly tf: Tf | null;
  readonly vectors: readonly VectorSet[];
  readonly seed: number;
  /** Called every few steps of the factors: `done` of `total`, and the cross-entropy. */
  readonly onStep?: (done: number, total: number, loss: number) => void | Promise<void>;
}

const DIM = 64; // of a projected vector set

/** Fits the vector spaces that `config` asks for: factors of behaviour, then the vector sets. */
export async function fitSpaces(
  graph: Graph,
  data: { readonly space: ItemSpace; readonly counted: Counted },
  config: ModelConfig,
  sources: SpaceSources,
): Promise<VectorSpace[]> {
  const factors = await fitFactorSpace(data, config, sources);
  const sets = sources.vectors.map((set) => fitSetSpace(graph, data.counted, set, config.halfLife));
  return factors ? [factors, ...sets] : sets;
}

async function fitFactorSpace(
  { space, counted }: { readonly space: ItemSpace; readonly counted: Counted },
  { factors }: ModelConfig,
  { tf, seed, onStep }: SpaceSources,
): Promise<VectorSpace | null> {
  if (!factors || !tf) return null;
  const { heads, steps, dim, halfLife } = factors;
  const { from, to } = await fitFactors(tf, space, factors, {
    seed,
    onStep: onStep && ((head, step, loss) => onStep(head * steps + step, heads * steps, loss)),
  });
  const width = dim * heads;
  const entities = counted.statistics.ids.length;
  const place = (rows: Float32Array) => {
    const placed = new Float32Array(entities * width);
    counted.positionOf.forEach((at, item) => {
      placed.set(rowAt(rows, item, width), at * width);
    });
    return placed;
  };
  const rows = { from: place(from), to: place(to) };
  return { name: "factors", kind: "BEHAVIOUR", dim: width, halfLife, origin: null, ...rows };
}

/** A vector set on the directions in which its items differ most. */
function fitSetSpace(
  graph: Graph,
  { statistics }: Counted,
  set: VectorSet,
  halfLife: number | null,
): VectorSpace {
  const items = Array.from(set.ids.keys()).filter((place) => {
    const index = graph.indexOf(String(set.ids[place]));
    return index >= 0 && graph.isItem(index);
  });
  const { mean, projection } = fitPrincipal(
    items.map((place) => rowAt(set.values, place, set.dim)),
    set.dim,
    Math.min(DIM, set.dim),
  );
  const origin = { encoder: set.encoder, sourceDim: set.dim, mean, projection };
  const dim = projection.length / set.dim;
  const vectors = new Float32Array(statistics.ids.length * dim);
  const placeOf = new Map(Array.from(set.ids, (id, place) => [id, place]));
  statistics.ids.forEach((id, at) => {
    const place = placeOf.get(id);
    if (place !== undefined) projectVector(origin, rowAt(set.values, place, set.dim), vectors, at * dim);
  });
  return { name: set.name, kind: set.kind, dim, halfLife, origin, from: vectors, to: vectors };
}
