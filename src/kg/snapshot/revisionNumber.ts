import type { Revision } from "../types.ts";

let last: { readonly revision: Revision; readonly number: bigint } = { revision: "0", number: 0n };

/** A revision as a number; it is asked at every read, and rarely for another than before. */
export function revisionNumber(revision: Revision): bigint {
  if (revision !== last.revision) last = { revision, number: BigInt(revision) };
  return last.number;
}
