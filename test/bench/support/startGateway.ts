import { type RunningProcess, startProcess } from "./startProcess.ts";

export interface RunningGateway extends RunningProcess {
  /** Address of its GraphQL. */
  readonly url: string;
}

export interface GatewayOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeFlags?: readonly string[];
  /** The Node that runs it; this one where left out. */
  readonly node?: string;
  readonly workers?: number;
}

/** Settings under which each request is answered anew: no list is remembered, and no answer kept. */
export const ANEW = { WHYGRAPH_LISTS: "0", WHYGRAPH_ANSWERS_MEGABYTES: "0" };

/**
 * Starts `whygraph serve` on a database as users do, with default settings but for `env`, the port, which is any free
 * one, and reading, which is open.
 */
export async function startGateway(
  databaseUrl: string,
  { env = {}, nodeFlags = [], node = process.execPath, workers = 1 }: GatewayOptions = {},
): Promise<RunningGateway> {
  const running = await startProcess({
    command: node,
    args: [...nodeFlags, "dist/src/cli.js", "serve", "--workers", String(workers)],
    env: {
      ...{ DATABASE_URL: databaseUrl, PORT: "0", NODE_ENV: "production", WHYGRAPH_READING: "open" },
      ...{ WHYGRAPH_BUDGET: "off", WHYGRAPH_BUDGET_ANONYMOUS: "off" }, // it asks for all that there is
      ...env,
    },
    ready: /Whygraph serves (http:\S+\/graphql)/,
  });
  return { ...running, url: running.found };
}
