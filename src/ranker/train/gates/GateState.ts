import { fusePathsArrays } from "../../device/fusePathsArrays.ts";
import { lossAndGradients, makeGradients } from "../../device/lossAndGradients.ts";
import type { Gradients, PathParameters } from "../../device/types.ts";
import { AdamW } from "../../optimise/AdamW.ts";
import type { Shape } from "../../shape.ts";
import type { UserPaths } from "./collectPaths.ts";
import { joinPaths } from "./joinPaths.ts";
import { makeProfiles, spreadProfiles } from "./profiles.ts";

/** What the gates are learned of: q [G × d], c [G] and the weights of the shapes [3 × G]; and the embedding [N × d]. */
export class GateState {
  readonly query: Float32Array;
  readonly offset: Float32Array;
  readonly weights: Float32Array;
  private readonly tau: Float64Array;
  private readonly kappa: Float64Array;
  private readonly moves: readonly AdamW[];

  constructor(
    readonly embedding: Float32Array,
    readonly dim: number,
    shapes: readonly Shape[],
    /** Groups that are gated. */
    private readonly gated: readonly boolean[],
  ) {
    const groups = shapes.length;
    this.query = new Float32Array(groups * dim);
    this.offset = new Float32Array(groups);
    this.weights = Float32Array.from([
      ...shapes.map(({ linear }) => linear),
      ...shapes.map(({ saturating }) => saturating),
      ...shapes.map(({ logarithmic }) => logarithmic),
    ]);
    this.tau = Float64Array.from(shapes, ({ tau }) => tau);
    this.kappa = Float64Array.from(shapes, ({ kappa }) => kappa);
    this.moves = [this.query, this.offset, this.weights].map(
      (values) => new AdamW(values, { weightDecay: 0.1 }),
    );
  }

  /** The gradients of one batch of users, the embedding's through the profiles included; and the loss. */
  differentiate(users: readonly UserPaths[]): { readonly loss: number; readonly gradients: Gradients } {
    const parameters = this.parametersOf(users);
    const gradients = makeGradients(parameters);
    const loss = lossAndGradients(joinPaths(users), parameters, gradients);
    spreadProfiles(users, gradients.profile, this.dim, gradients.embedding);
    return { loss, gradients };
  }

  /** Moves all but the embedding; weights stay ≥ 0, groups that are not gated keep a = 1. */
  step({ query, offset, weights }: Gradients, rate: number): void {
    this.gated.forEach((isGated, group) => {
      if (isGated) return;
      offset[group] = 0;
      query.fill(0, group * this.dim, (group + 1) * this.dim);
    });
    // A group without a weight has none to learn: its sign would be a guess.
    for (let at = 0; at < weights.length; at++) if (this.weights[at] === 0) weights[at] = 0;
    [query, offset, weights].forEach((gradient, at) => {
      this.moves[at].step(Float32Array.from(gradient), rate);
    });
    for (let at = 0; at < this.weights.length; at++) this.weights[at] = Math.max(0, this.weights[at]);
  }

  /** Scores of the users' rows, user after user. */
  score(users: readonly UserPaths[]): Float64Array {
    return Float64Array.from(fusePathsArrays(joinPaths(users), this.parametersOf(users)).score);
  }

  private parametersOf(users: readonly UserPaths[]): PathParameters {
    const { dim, embedding, query, offset, weights, tau, kappa } = this;
    const profile = makeProfiles(users, embedding, dim);
    return { dim, bias: 0, profile, embedding, query, offset, weights, tau, kappa };
  }
}
