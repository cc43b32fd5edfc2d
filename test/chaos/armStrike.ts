import pg from "pg";

/**
 * Where a process is struck: at its statement number `at`, begins and commits included, `before` it is sent or once it is
 * `sent` and not yet answered.
 */
export interface Strike {
  readonly at: number;
  readonly when: "before" | "sent";
  /** Process that dies: this one, or Postgres with all that it runs. */
  readonly pid: number;
}

/** Counts the statements of this process from now on, and strikes. Gives the count. */
export function armStrike(strike: Strike | null): () => number {
  const { prototype } = pg.Client;
  const send = prototype.query;
  let count = 0;
  prototype.query = function (this: pg.Client, ...parameters: unknown[]) {
    const here = ++count === strike?.at;
    if (here && strike.when === "before") process.kill(strike.pid, "SIGKILL");
    // The socket takes a short statement at once, so that it is on its way when the next line runs.
    const answer = Reflect.apply(send, this, parameters);
    if (here && strike.when === "sent") process.kill(strike.pid, "SIGKILL");
    return answer;
  } as typeof send;
  return () => count;
}
