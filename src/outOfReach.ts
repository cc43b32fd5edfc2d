/** What is said of a database that cannot be asked now. */
export const OUT_OF_REACH = "the database is out of reach; try again in a moment";

// Class 08: connection; 57P01 to 57P03: it stops, it crashed, it starts; 53300: it takes no more connections.
const STATES =
  /^(08\w{3}|57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
// pg's own errors have no code.
const TEXTS =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** Whether an error says that Postgres cannot be reached, so that the same may succeed in a moment. */
export function isOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { readonly code?: unknown };
  return (typeof code === "string" && STATES.test(code)) || TEXTS.test(error.message);
}
