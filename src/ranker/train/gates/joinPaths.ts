import type { ChoiceBatch } from "../../device/types.ts";
import type { UserPaths } from "./collectPaths.ts";

/** Puts the paths of some users behind each other: one batch, the rows of each user in their order. */
export function joinPaths(users: readonly UserPaths[]): ChoiceBatch {
  const count = users.reduce((sum, { row }) => sum + row.length, 0);
  const rows = users.reduce((sum, one) => sum + one.rows, 0);
  const batch = {
    rows,
    row: new Int32Array(count),
    group: new Int32Array(count),
    user: new Int32Array(count),
    meeting: new Int32Array(count),
    mass: new Float32Array(count),
    offsets: new Int32Array(users.length + 1),
    target: new Float64Array(rows),
  };
  let at = 0;
  users.forEach((one, user) => {
    const first = batch.offsets[user];
    batch.offsets[user + 1] = first + one.rows;
    batch.target.fill(1 / one.targets, first, first + one.targets);
    batch.row.set(
      one.row.map((row) => first + row),
      at,
    );
    batch.group.set(one.group, at);
    batch.user.fill(user, at, at + one.row.length);
    batch.meeting.set(one.meeting, at);
    batch.mass.set(one.mass, at);
    at += one.row.length;
  });
  return batch;
}
