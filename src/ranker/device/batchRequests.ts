import type { Graph } from "../../kg/types.ts";
import type { BoundModel } from "../bindModel.ts";
import { makeProfile } from "../gates.ts";
import { collectSignals } from "../signals.ts";
import { collectColumns } from "./collectColumns.ts";
import { joinColumns } from "./joinColumns.ts";
import type { PathBatch, PathParameters } from "./types.ts";

/** What one user asks to be scored. */
export interface ScoringRequest {
  /** Entity indices, newest first. */
  readonly history: readonly number[];
  /** Entity indices, one row each. */
  readonly items: readonly number[];
}

/**
 * Makes one batch out of the requests of any number of users, with the parameters of the model that serves them: to be
 * scored by loops (`fusePathsArrays`) or by one call of a device (`fusePathsDevice`). `ordered` is false where the
 * histories have no times.
 */
export function batchRequests(
  model: BoundModel,
  graph: Graph,
  { requests, ordered = true }: { readonly requests: readonly ScoringRequest[]; readonly ordered?: boolean },
): { readonly batch: PathBatch & { readonly offsets: Int32Array }; readonly parameters: PathParameters } {
  const ungated: BoundModel = { ...model, gates: null };
  const users = requests.map(({ history, items }) => {
    const signals = collectSignals(ungated, graph, history, { ordered });
    const own = signals.history.subarray(0, signals.own);
    const profile = model.gates ? makeProfile(model.gates, own, signals.recency) : new Float64Array(1);
    const isGated = (group: number) => model.gates?.queryOf(group) != null;
    return { columns: collectColumns(signals, items, isGated), profile };
  });
  return {
    batch: joinColumns(users.map(({ columns }) => columns)),
    parameters: {
      ...listParameters(model, graph),
      profile: Float32Array.from(users.flatMap(({ profile }) => [...profile])),
    },
  };
}

/** Lays the shapes and gates of a model out by group; static fusion has a gate of zeros, so that a = 1. */
function listParameters(model: BoundModel, graph: Graph): Omit<PathParameters, "profile"> {
  const { gates, bias, layout } = model;
  const groups = layout.firstRelation + graph.relations.length;
  const dim = gates?.dim ?? 1;
  const parameters = {
    ...{ dim, bias, embedding: gates?.embedding ?? new Float32Array(dim) },
    query: new Float32Array(groups * dim),
    offset: new Float32Array(groups),
    weights: new Float32Array(3 * groups),
    tau: new Float32Array(groups),
    kappa: new Float32Array(groups),
  };
  for (let group = 0; group < groups; group++) {
    const shape = model.shapeOf(group);
    [shape.linear, shape.saturating, shape.logarithmic].forEach((weight, kind) => {
      parameters.weights[kind * groups + group] = weight;
    });
    parameters.tau[group] = shape.tau;
    parameters.kappa[group] = shape.kappa;
    const query = gates?.queryOf(group);
    if (!query) continue;
    parameters.query.set(query, group * dim);
    parameters.offset[group] = gates!.offsetOf(group);
  }
  return parameters;
}
