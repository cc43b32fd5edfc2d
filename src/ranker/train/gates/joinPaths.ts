import { joinColumns } from "../../device/joinColumns.ts";
import type { ChoiceBatch } from "../../device/types.ts";
import type { UserPaths } from "./collectPaths.ts";

/** Puts the paths of some users behind each other, with what each was held out. */
export function joinPaths(users: readonly UserPaths[]): ChoiceBatch {
  const batch = joinColumns(users);
  const target = new Float64Array(batch.rows);
  users.forEach(({ targets }, user) => {
    const first = batch.offsets[user];
    target.fill(1 / targets, first, first + targets);
  });
  return { ...batch, target };
}
