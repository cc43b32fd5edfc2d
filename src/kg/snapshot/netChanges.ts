import type { ChangeRow, ChangeSubject, JSONObject } from "../types.ts";

/** What a run of changes did to one row in sum. */
export interface NetChange {
  readonly before: JSONObject | null;
  after: JSONObject | null;
}
export type NetChanges = Readonly<Record<ChangeSubject, Map<number, NetChange>>>;

/** Sums change rows, given in commit order, up to one net change per object: its first before and last after. */
export function netChanges(rows: readonly ChangeRow[]): NetChanges {
  const net: NetChanges = { entity: new Map(), relation: new Map(), triple: new Map() };
  for (const { subject, subjectId, before, after } of rows) {
    const id = Number(subjectId);
    const known = net[subject].get(id);
    if (known) known.after = after;
    else net[subject].set(id, { before, after });
  }
  return net;
}
