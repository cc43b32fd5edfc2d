import type { PathColumns } from "./collectColumns.ts";
import type { PathBatch } from "./types.ts";

/** Puts the paths of some users behind each other: one batch, in which user u has the rows offsets[u]…offsets[u+1]−1. */
export function joinColumns(
  users: readonly PathColumns[],
): PathBatch & { readonly offsets: Int32Array; readonly mass: Float32Array } {
  const count = users.reduce((sum, { row }) => sum + row.length, 0);
  const batch = {
    rows: users.reduce((sum, { rows }) => sum + rows, 0),
    row: new Int32Array(count),
    group: new Int32Array(count),
    user: new Int32Array(count),
    meeting: new Int32Array(count),
    mass: new Float32Array(count),
    offsets: new Int32Array(users.length + 1),
  };
  let at = 0;
  users.forEach((one, user) => {
    const first = batch.offsets[user];
    batch.offsets[user + 1] = first + one.rows;
    for (let path = 0; path < one.row.length; path++) batch.row[at + path] = first + one.row[path];
    batch.group.set(one.group, at);
    batch.user.fill(user, at, at + one.row.length);
    batch.meeting.set(one.meeting, at);
    batch.mass.set(one.mass, at);
    at += one.row.length;
  });
  return batch;
}
