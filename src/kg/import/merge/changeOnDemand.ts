import type { Queryable } from "../../types.ts";

/** Opens the import's one change with the first real difference, and none where there is none. */
export interface ChangeOnDemand {
  open(): Promise<void>;
}

/**
 * Makes a change that is opened at most once. The caller holds the lock on `graph`, so that what was compared
 * is still true when it is written.
 */
export function makeChange(db: Queryable, actor: string, reason: string): ChangeOnDemand {
  let opened = false;
  return {
    async open() {
      if (opened) return;
      opened = true;
      await db.query(`select open_change('import', $1, $2)`, [actor, reason]);
    },
  };
}
