import type { BinaryMatrix } from "../../../linear/BinaryMatrix.ts";
import { makeRandom } from "../../../random.ts";
import { drawNormal, type Factors } from "./Factors.ts";
import type { EpochLearner } from "./learnByEpochs.ts";
import { RidgeSolver } from "./RidgeSolver.ts";

export interface IalsOptions {
  /** Even. */
  readonly size: number;
  /** α₀: weight of every pair, seen or not, beside 1 for a seen one. */
  readonly unseen: number;
  /** λ, before it is scaled by a row's share of the loss. */
  readonly ridge: number;
  readonly seed: number;
}

/**
 * Learns implicit alternating least squares: Σ_seen (s_ui − 1)² + α₀·Σ_all s_ui² + Σ λ_u|p_u|² + Σ λ_i|q_i|², with
 * λ_u = λ·(|items of u| + α₀·|items|), and items likewise (ν = 1). An epoch solves all users, then all items, and
 * at the end the users once more where the factors are asked for.
 * @see https://arxiv.org/abs/2110.14037 equations 3 to 6
 */
export class IalsLearner implements EpochLearner {
  readonly #user: Float32Array;
  readonly #item: Float32Array;

  constructor(
    private readonly x: BinaryMatrix,
    private readonly options: IalsOptions,
  ) {
    const { size, seed } = options;
    const random = makeRandom(seed);
    this.#user = new Float32Array(x.users * size);
    this.#item = drawNormal(x.items * size, 0.1 / Math.sqrt(size), random);
  }

  learn(): void {
    this.#solveUsers();
    const { columnOffsets, columnUsers } = this.x;
    solveRows({ offsets: columnOffsets, members: columnUsers }, this.#user, this.#item, this.options);
  }

  factors(): Factors {
    this.#solveUsers();
    return { size: this.options.size, user: this.#user.slice(), item: this.#item.slice(), bias: null };
  }

  #solveUsers(): void {
    const { rowOffsets, rowItems } = this.x;
    solveRows({ offsets: rowOffsets, members: rowItems }, this.#item, this.#user, this.options);
  }
}

/** Solves every row of `to` on the vectors `from` of its members; rows start from where they are. */
function solveRows(
  { offsets, members }: { readonly offsets: Int32Array; readonly members: Int32Array },
  from: Float32Array,
  to: Float32Array,
  options: IalsOptions,
): void {
  const { size } = options;
  const solver = new RidgeSolver(from, options);
  for (let row = 0; row + 1 < offsets.length; row++) {
    const own = to.subarray(row * size, (row + 1) * size);
    const start = offsets[row];
    if (start === offsets[row + 1]) own.fill(0);
    else solver.solve(members.subarray(start, offsets[row + 1]), null, own);
  }
}
