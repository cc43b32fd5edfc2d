const [DECAY_MEAN, DECAY_SQUARE, FLOOR] = [0.9, 0.999, 1e-8];

/**
 * Takes steps downhill with a rate of its own per parameter.
 * @see https://arxiv.org/abs/1412.6980 algorithm 1
 */
export class Adam {
  readonly #mean: Float32Array;
  readonly #square: Float32Array;
  #steps = 0;

  constructor(
    private readonly parameters: Float32Array,
    private readonly rate: number,
  ) {
    this.#mean = new Float32Array(parameters.length);
    this.#square = new Float32Array(parameters.length);
  }

  /** Changes the parameters in place by their gradient. */
  step(gradient: Float32Array): void {
    this.#steps++;
    const [parameters, mean, square] = [this.parameters, this.#mean, this.#square];
    const rate = (this.rate * Math.sqrt(1 - DECAY_SQUARE ** this.#steps)) / (1 - DECAY_MEAN ** this.#steps);
    for (let at = 0; at < parameters.length; at++) {
      const g = gradient[at];
      const m = DECAY_MEAN * mean[at] + (1 - DECAY_MEAN) * g;
      const s = DECAY_SQUARE * square[at] + (1 - DECAY_SQUARE) * g * g;
      mean[at] = m;
      square[at] = s;
      parameters[at] -= (rate * m) / (Math.sqrt(s) + FLOOR);
    }
  }
}
