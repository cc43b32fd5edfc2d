/** What a worker and the primary process of a cluster tell one another. */
export type Message =
  /** The worker serves. */
  | { readonly type: "ready" }
  /** A revision was committed: nobody may answer from an older memory. Relayed to all other workers. */
  | { readonly type: "committed"; readonly revision: string; readonly id: number }
  /** The worker has taken note of it. */
  | { readonly type: "noted"; readonly id: number }
  /** All workers have. */
  | { readonly type: "known"; readonly id: number };

/** Reads a message of ours; anything else that a process may be sent is none. */
export function readMessage(value: unknown): Message | null {
  const known = ["ready", "committed", "noted", "known"];
  if (typeof value !== "object" || value === null || !("type" in value)) return null;
  return known.includes(value.type as string) ? (value as Message) : null;
}
