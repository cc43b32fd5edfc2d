/** What early stopping has seen, as a checkpoint keeps it. */
export interface StoppingState {
  /** −Infinity is written as null, because JSON has no infinity. */
  readonly best: number | null;
  /** Epoch of the best metric, −1 before the first. */
  readonly bestEpoch: number;
  /** Epochs since. */
  readonly waited: number;
}

/**
 * Stops a training whose validation metric (higher is better) has not risen for `patience` epochs, and keeps a
 * copy of the parameters of the best epoch. Ties go to the earlier epoch; a metric that is not a number never
 * is the best.
 */
export class EarlyStopping {
  #best = Number.NEGATIVE_INFINITY;
  #bestEpoch = -1;
  #waited = 0;
  /** Copies of the parameters at the best epoch, in the order given; before the first, of the beginning. */
  readonly kept: readonly Float32Array[];

  constructor(
    private readonly parameters: readonly Float32Array[],
    private readonly patience: number,
  ) {
    this.kept = parameters.map((array) => array.slice());
  }

  /** Takes in the metric of one epoch; true where the training should stop. */
  observe(epoch: number, metric: number): boolean {
    if (metric > this.#best) {
      this.#best = metric;
      this.#bestEpoch = epoch;
      this.#waited = 0;
      copyAll(this.parameters, this.kept);
    } else {
      this.#waited++;
    }
    return this.#waited >= this.patience;
  }

  /** Puts the parameters of the best epoch back in place. */
  restore(): void {
    copyAll(this.kept, this.parameters);
  }

  get bestEpoch(): number {
    return this.#bestEpoch;
  }

  get state(): StoppingState {
    const best = Number.isFinite(this.#best) ? this.#best : null;
    return { best, bestEpoch: this.#bestEpoch, waited: this.#waited };
  }

  /** Goes on from a state; the caller fills `kept`. */
  set state({ best, bestEpoch, waited }: StoppingState) {
    this.#best = best ?? Number.NEGATIVE_INFINITY;
    this.#bestEpoch = bestEpoch;
    this.#waited = waited;
  }
}

function copyAll(from: readonly Float32Array[], into: readonly Float32Array[]): void {
  for (const [index, array] of from.entries()) into[index].set(array);
}
