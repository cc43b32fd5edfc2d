import { type AdamWOptions, type Moments, stepRange } from "./AdamW.ts";
import type { RowGradients } from "./RowGradients.ts";

/**
 * Minimises by AdamW over the rows of a table, of which a batch touches few: a row moves, decays and counts
 * its steps only when it is touched, so each row goes exactly as it would alone. A step costs what was
 * touched, whatever the size of the table.
 */
export class RowAdamW {
  readonly moments: Moments;

  constructor(
    private readonly table: Float32Array,
    private readonly width: number,
    private readonly options: AdamWOptions = {},
  ) {
    this.moments = {
      mean: new Float32Array(table.length),
      square: new Float32Array(table.length),
      steps: new Uint32Array(table.length / width),
    };
  }

  /** Takes one step of every touched row against its gradient. */
  step(gradients: RowGradients, rate: number): void {
    const { width, options } = this;
    for (let slot = 0; slot < gradients.count; slot++) {
      const row = gradients.rows[slot];
      stepRange(this.table, this.moments, gradients.values, {
        ...{ start: row * width, from: slot * width, length: width },
        ...{ count: ++this.moments.steps[row], rate, options },
      });
    }
  }
}
