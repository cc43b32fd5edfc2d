import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import type { Tf } from "../tf.ts";
import type { PathBatch, PathParameters } from "./types.ts";

/** A batch on the device; whoever placed it owns the tensors. */
export interface BatchTensors {
  readonly rows: number;
  readonly group: Tensor1D;
  readonly user: Tensor1D;
  /** Rows of `embedding`, 0 where there is none. */
  readonly meeting: Tensor1D;
  /** 1 where there is a meeting, 0 elsewhere, [N]. */
  readonly meets: Tensor1D;
  readonly mass: Tensor1D;
  /** Where a path's mass adds up: row·G + group, [N]. */
  readonly cell: Tensor1D;
}

/** Parameters on the device; whoever placed them owns the tensors. */
export interface ParameterTensors {
  readonly bias: number;
  readonly profile: Tensor2D;
  readonly embedding: Tensor2D;
  readonly query: Tensor2D;
  readonly offset: Tensor1D;
  readonly weights: Tensor2D;
  readonly tau: Tensor1D;
  readonly kappa: Tensor1D;
}

/** Copies a batch to the device that is active. It must hold a path: empty tensors are not for every backend. */
export function placeBatch(tf: Tf, batch: PathBatch, groups: number): BatchTensors {
  const { rows, row, group, user, meeting, mass } = batch;
  const integers = (values: Int32Array) => tf.tensor1d(values, "int32");
  return {
    rows,
    group: integers(group),
    user: integers(user),
    meeting: integers(meeting.map((x) => Math.max(0, x))),
    meets: tf.tensor1d(Float32Array.from(meeting, (x) => Number(x >= 0))),
    mass: tf.tensor1d(Float32Array.from(mass)),
    cell: integers(row.map((r, path) => r * groups + group[path])),
  };
}

/** Copies parameters to the device that is active. */
export function placeParameters(tf: Tf, parameters: PathParameters): ParameterTensors {
  const { bias, dim, profile, embedding, query, offset, weights, tau, kappa } = parameters;
  const matrix = (values: ArrayLike<number>, width: number) =>
    tf.tensor2d(Float32Array.from(values), [values.length / width, width]);
  const vector = (values: ArrayLike<number>) => tf.tensor1d(Float32Array.from(values));
  return {
    bias,
    profile: matrix(profile, dim),
    embedding: matrix(embedding, dim),
    query: matrix(query, dim),
    offset: vector(offset),
    weights: matrix(weights, offset.length),
    tau: vector(tau),
    kappa: vector(kappa),
  };
}
