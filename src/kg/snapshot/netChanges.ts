import type { ChangeRow, ChangeSubject, JSONObject } from "../types.ts";

/** What a run of changes did to one row in sum. */
export interface NetChange {
  readonly before: JSONObject | null;
  after: JSONObject | null;
}
/** The subjects that are part of the graph; shapes and the like only say what it should be. */
type GraphSubject = Exclude<ChangeSubject, "shape">;
export type NetChanges = Readonly<Record<GraphSubject, Map<number, NetChange>>>;

/** Sums change rows, given in commit order, up to one net change per object: its first before and last after. */
export function netChanges(rows: readonly ChangeRow[]): NetChanges {
  const net: NetChanges = { entity: new Map(), relation: new Map(), triple: new Map() };
  for (const { subject, subjectId, before, after } of rows) {
    if (subject === "shape") continue;
    const id = Number(subjectId);
    const known = net[subject].get(id);
    if (known) known.after = after;
    else net[subject].set(id, { before, after });
  }
  return net;
}
