/** The constants of AdamW; the learning rate comes with each step. */
export interface AdamWOptions {
  /** Memory of the mean gradient; .9 where absent. */
  readonly beta1?: number;
  /** Memory of the mean squared gradient; .999 where absent. */
  readonly beta2?: number;
  /** Keeps the step finite where the gradient is nearly 0; 1e-8 where absent. */
  readonly epsilon?: number;
  /** Share of a parameter that a step at rate 1 takes away, beside the gradient; 0 where absent. */
  readonly weightDecay?: number;
}

/** The state of an optimiser, as a checkpoint keeps it: the arrays are the live ones, not copies. */
export interface Moments {
  readonly mean: Float32Array;
  readonly square: Float32Array;
  /** Steps taken, [1] where all parameters step together, else one per row. */
  readonly steps: Uint32Array;
}

/**
 * Minimises by AdamW: θ ← θ − rate·(m̂ / (√v̂ + ε) + decay·θ), in place, over a dense array of parameters.
 * @see Loshchilov & Hutter 2019, algorithm 2
 */
export class AdamW {
  readonly moments: Moments;

  constructor(
    private readonly parameters: Float32Array,
    private readonly options: AdamWOptions = {},
  ) {
    const { length } = parameters;
    this.moments = {
      mean: new Float32Array(length),
      square: new Float32Array(length),
      steps: new Uint32Array(1),
    };
  }

  /** Takes one step against `gradient`, which is as long as the parameters. */
  step(gradient: Float32Array, rate: number): void {
    if (gradient.length !== this.parameters.length) {
      throw new RangeError(`the gradient has ${gradient.length} numbers; expected ${this.parameters.length}`);
    }
    const count = ++this.moments.steps[0];
    stepRange(this.parameters, this.moments, gradient, {
      ...{ start: 0, from: 0, length: gradient.length, count, rate },
      options: this.options,
    });
  }
}

/** Where a step reads and writes: `gradient` from `from`, parameters from `start`. */
export interface StepRange {
  readonly start: number;
  readonly from: number;
  readonly length: number;
  /** Steps that these parameters have taken, this one included. */
  readonly count: number;
  readonly rate: number;
  readonly options: AdamWOptions;
}

/** Takes one AdamW step over a range of the parameters. */
export function stepRange(
  parameters: Float32Array,
  { mean, square }: Moments,
  gradient: Float32Array,
  { start, from, length, count, rate, options }: StepRange,
): void {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
  const pull = rate / (1 - beta1 ** count); // the corrections of both moments, out of the loop
  const spread = 1 / Math.sqrt(1 - beta2 ** count);
  const keep = 1 - rate * weightDecay;
  for (let index = 0; index < length; index++) {
    const at = start + index;
    const slope = gradient[from + index];
    const first = beta1 * mean[at] + (1 - beta1) * slope;
    const second = beta2 * square[at] + (1 - beta2) * slope * slope;
    mean[at] = first;
    square[at] = second;
    parameters[at] = keep * parameters[at] - (pull * first) / (spread * Math.sqrt(second) + epsilon);
  }
}
