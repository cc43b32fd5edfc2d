import type { InteractionColumns, UserHistory, UserRows } from "./types.ts";

/**
 * Packs the rows at `positions` of the columns into per-user lists, in the order in which they are given.
 * Cost: two passes over `positions`.
 */
export function packUserRows(
  columns: InteractionColumns,
  positions: Int32Array | readonly number[],
  users: number,
): UserRows {
  const offsets = new Int32Array(users + 1);
  for (const row of positions) offsets[columns.user[row] + 1]++;
  for (let user = 0; user < users; user++) offsets[user + 1] += offsets[user];
  const next = offsets.slice(0, users);
  const rows = makeRows(offsets);
  for (const row of positions) {
    const at = next[columns.user[row]]++;
    rows.items[at] = columns.item[row];
    rows.values[at] = columns.value[row];
    rows.times[at] = columns.time[row];
  }
  return rows;
}

/** Puts each user's rows of `later` behind those of `earlier`, without copying when `later` is empty. */
export function joinUserRows(earlier: UserRows, later: UserRows): UserRows {
  if (later.items.length === 0) return earlier;
  const users = earlier.offsets.length - 1;
  const offsets = earlier.offsets.map((offset, user) => offset + later.offsets[user]);
  const joined = makeRows(offsets);
  for (let user = 0; user < users; user++) {
    let at = offsets[user];
    for (const rows of [earlier, later]) {
      const start = rows.offsets[user];
      const end = rows.offsets[user + 1];
      joined.items.set(rows.items.subarray(start, end), at);
      joined.values.set(rows.values.subarray(start, end), at);
      joined.times.set(rows.times.subarray(start, end), at);
      at += end - start;
    }
  }
  return joined;
}

/** Cuts each user's rows in two: the first `keep(user, count)` of them, and those behind. */
export function cutUserRows(
  rows: UserRows,
  keep: (user: number, count: number) => number,
): readonly [UserRows, UserRows] {
  const users = rows.offsets.length - 1;
  const [head, tail] = [new Int32Array(users + 1), new Int32Array(users + 1)];
  for (let user = 0; user < users; user++) {
    const count = rows.offsets[user + 1] - rows.offsets[user];
    const kept = Math.max(0, Math.min(count, keep(user, count)));
    head[user + 1] = head[user] + kept;
    tail[user + 1] = tail[user] + count - kept;
  }
  const cut = (offsets: Int32Array, startOf: (user: number) => number): UserRows => {
    const part = makeRows(offsets);
    for (let user = 0; user < users; user++) {
      const start = startOf(user);
      const end = start + offsets[user + 1] - offsets[user];
      part.items.set(rows.items.subarray(start, end), offsets[user]);
      part.values.set(rows.values.subarray(start, end), offsets[user]);
      part.times.set(rows.times.subarray(start, end), offsets[user]);
    }
    return part;
  };
  return [
    cut(head, (user) => rows.offsets[user]),
    cut(tail, (user) => rows.offsets[user + 1] - (tail[user + 1] - tail[user])),
  ];
}

/** Views one user's rows, oldest first; nothing is copied. */
export function readHistory(rows: UserRows, user: number): UserHistory {
  const start = rows.offsets[user];
  const end = rows.offsets[user + 1];
  return {
    items: rows.items.subarray(start, end),
    values: rows.values.subarray(start, end),
    times: rows.times.subarray(start, end),
  };
}

function makeRows(offsets: Int32Array): UserRows {
  const size = offsets[offsets.length - 1];
  return {
    offsets,
    items: new Int32Array(size),
    values: new Float32Array(size),
    times: new Float64Array(size),
  };
}
