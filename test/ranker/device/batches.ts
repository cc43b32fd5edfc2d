import type { ChoiceBatch, PathParameters } from "../../../src/ranker/device/types.ts";
import { makeRandom } from "../../../src/ranker/random.ts";

export interface BatchSize {
  readonly users: number;
  /** Rows of each user. */
  readonly rows: number;
  /** Paths of each row: 0 to this many. */
  readonly paths: number;
  readonly groups: number;
  readonly entities: number;
  readonly dim: number;
  /** Mass that the greatest does not reach; 2 unless said. */
  readonly mass?: number;
}

export const SMALL: BatchSize = { users: 3, rows: 7, paths: 9, groups: 4, entities: 11, dim: 8 };

/** A batch drawn from a seed: some rows without paths, paths without a meeting, masses below 0, users without a choice. */
export function drawBatch(size: BatchSize, seed = 1): ChoiceBatch {
  const random = makeRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const rows = size.users * size.rows;
  const [row, group, user, meeting, mass]: number[][] = [[], [], [], [], []];
  const target = new Float32Array(rows);
  for (let r = 0; r < rows; r++) {
    const owner = Math.floor(r / size.rows);
    for (let count = below(size.paths + 1); count > 0; count--) {
      row.push(r);
      group.push(below(size.groups));
      user.push(owner);
      meeting.push(below(size.entities + 1) - 1);
      mass.push((random() < 0.1 ? -random() / 2 : random()) * (size.mass ?? 2));
    }
  }
  for (let owner = 1; owner < size.users; owner++) {
    for (const at of new Set([below(size.rows), below(size.rows)])) target[owner * size.rows + at] = 0.5;
  }
  return {
    ...{ rows, target, mass: Float32Array.from(mass) },
    ...{ row: Int32Array.from(row), group: Int32Array.from(group) },
    ...{ user: Int32Array.from(user), meeting: Int32Array.from(meeting) },
    offsets: Int32Array.from({ length: size.users + 1 }, (_, owner) => owner * size.rows),
  };
}

/** Parameters drawn from a seed; the last group is neither gated nor bent. */
export function drawParameters(size: BatchSize, seed = 2): PathParameters {
  const random = makeRandom(seed);
  const { groups, dim } = size;
  const draw = (count: number, from: number, to: number) =>
    Float32Array.from({ length: count }, () => from + (to - from) * random());
  const [query, offset, weights] = [draw(groups * dim, -2, 2), draw(groups, -1, 1), draw(3 * groups, 0, 1)];
  query.fill(0, (groups - 1) * dim);
  offset[groups - 1] = 0;
  for (const kind of [1, 2]) weights[kind * groups + groups - 1] = 0;
  return {
    ...{ dim, bias: 0.25, query, offset, weights },
    profile: draw(size.users * dim, -1, 1),
    embedding: draw(size.entities * dim, -1, 1),
    tau: draw(groups, 0.5, 2),
    kappa: draw(groups, 0.5, 2),
  };
}

/** The greatest difference between two arrays, over the greatest of the first. */
export function relativeError(expected: ArrayLike<number>, found: ArrayLike<number>): number {
  if (expected.length !== found.length) return Number.POSITIVE_INFINITY;
  let [greatest, apart] = [0, 0];
  for (let at = 0; at < expected.length; at++) {
    greatest = Math.max(greatest, Math.abs(expected[at]));
    apart = Math.max(apart, Math.abs(expected[at] - found[at]));
  }
  return Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart / (greatest || 1);
}
