const SILENT_MS = 5_000;

/** What is known of the connection to Postgres. */
export interface Connection {
  readonly connected: boolean;
  /** Why it could not be opened again; null where that was not tried, or succeeded. */
  readonly away: string | null;
  /** Since Postgres last answered. */
  readonly unheardMs: number;
}

/**
 * Says why requests cannot be answered: Postgres is away, or silent. A connection that was just lost is none, as long
 * as opening it again has not failed: there are others, and what is in memory is not read meanwhile.
 */
export function problemOf({ connected, away, unheardMs }: Connection): string | null {
  if (!connected && away !== null) return "Postgres is out of reach, and tried again and again";
  if (unheardMs <= SILENT_MS) return null;
  return `Postgres has not answered for ${Math.floor(unheardMs / 1000)} s`;
}
