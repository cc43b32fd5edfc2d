import { DomainError } from "../../errors.ts";
import { type Dataset, SPLIT, type Split } from "./types.ts";
import { packUserRows } from "./userRows.ts";

/** How a data set is cut into what teaches, what selects and what judges. */
export type Protocol = "full" | "time";
export const PROTOCOLS: readonly Protocol[] = ["full", "time"];

const MIN_INTERACTIONS = 3;

/**
 * Cuts a data set by a protocol. `full`: the fixed train/valid/test of the split column. `time`: each user's
 * newest interaction is the test, the one before it validation, the rest train; users with fewer than three
 * stay in train and are counted in `skippedUsers`. Within a user the order is time, then row.
 *
 * A user's item counts once: under `full` its first split (train before valid before test), because an item
 * that is masked cannot be ranked; under `time` its newest row.
 * @throws DomainError BAD_USER_INPUT where `full` meets a row without a split, or no test row at all.
 */
export function splitDataset(dataset: Dataset, protocol: Protocol): Split {
  return protocol === "full" ? splitByColumn(dataset) : splitByTime(dataset);
}

function splitByColumn(dataset: Dataset): Split {
  const { split } = dataset.interactions;
  const without = split.indexOf(SPLIT.none);
  if (without >= 0) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `the data set "${dataset.name}" has no split for interaction row ${without + 1}: protocol "full" expects ` +
        `train, valid or test in the column "split" of every row; without it use protocol "time"`,
    );
  }
  if (!split.includes(SPLIT.test)) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `the data set "${dataset.name}" has no row with the split "test": protocol "full" expects at least one`,
    );
  }
  const order = sortRows(dataset);
  const parts = [SPLIT.train, SPLIT.valid, SPLIT.test].map((code) =>
    order.filter((row) => split[row] === code),
  );
  const seen = new Set<number>();
  const [train, valid, test] = parts.map((rows) => rows.filter((row) => markPair(dataset, row, seen)));
  return pack(dataset, { train, valid, test }, 0);
}

function splitByTime(dataset: Dataset): Split {
  const { user } = dataset.interactions;
  const seen = new Set<number>();
  const newestFirst = sortRows(dataset)
    .reverse()
    .filter((row) => markPair(dataset, row, seen));
  const counts = new Int32Array(dataset.userKeys.length);
  for (const row of newestFirst) counts[user[row]]++;
  const train: number[] = [];
  const valid: number[] = [];
  const test: number[] = [];
  const taken = new Int32Array(counts.length);
  for (const row of newestFirst) {
    const rank = taken[user[row]]++;
    const measured = counts[user[row]] >= MIN_INTERACTIONS;
    (measured && rank === 0 ? test : measured && rank === 1 ? valid : train).push(row);
  }
  if (test.length === 0) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `the data set "${dataset.name}" has no user with ${MIN_INTERACTIONS} interactions: protocol "time" expects ` +
        "one for the test, one for validation and at least one to learn from",
    );
  }
  const skipped = counts.reduce((sum, count) => sum + (count < MIN_INTERACTIONS ? 1 : 0), 0);
  return pack(dataset, { train: train.reverse(), valid, test }, skipped);
}

/** All row numbers by time, rows without a time first, then by row. */
export function sortRows({ interactions: { time, user } }: Dataset): Int32Array {
  const order = Int32Array.from(user.keys());
  if (time.every((value) => Number.isNaN(value))) return order;
  const at = time.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value));
  return order.sort((a, b) => (at[a] === at[b] ? a - b : at[a] - at[b]));
}

function markPair(dataset: Dataset, row: number, seen: Set<number>): boolean {
  const { user, item } = dataset.interactions;
  const pair = user[row] * dataset.itemKeys.length + item[row];
  if (seen.has(pair)) return false;
  seen.add(pair);
  return true;
}

interface Parts {
  readonly train: ArrayLike<number> & Iterable<number>;
  readonly valid: ArrayLike<number> & Iterable<number>;
  readonly test: ArrayLike<number> & Iterable<number>;
}

function pack(dataset: Dataset, parts: Parts, skippedUsers: number): Split {
  const users = dataset.userKeys.length;
  const [train, valid, test] = [parts.train, parts.valid, parts.test].map((rows) =>
    packUserRows(dataset.interactions, Int32Array.from(rows), users),
  );
  return { train, valid, test, skippedUsers };
}
