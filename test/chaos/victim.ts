/**
 * A process that makes one edit and may die of it. It waits for its order, so that the next victim can start while the
 * last one is looked at.
 */
import { openDatabase } from "../../src/kg/database.ts";
import { armStrike, type Strike } from "./armStrike.ts";
import { EDITS } from "./edits.ts";

export interface Order {
  readonly url: string;
  readonly edit: string;
  readonly strike: Omit<Strike, "pid"> | null;
  /** Process to strike; the victim itself where absent. */
  readonly pid?: number;
}

process.once("disconnect", () => process.exit(1));
process.once("message", async ({ url, edit, strike, pid }: Order) => {
  const db = await openDatabase(url, { migrate: false, poolSize: 2 });
  const count = armStrike(strike && { ...strike, pid: pid ?? process.pid });
  try {
    await EDITS[edit](db);
    process.send?.({ statements: count() }, () => process.exit(0));
  } catch (error) {
    process.send?.({ failed: (error as Error).message }, () => process.exit(0));
  }
});
