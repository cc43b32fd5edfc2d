import { type RunningProcess, startProcess } from "./startProcess.ts";

export interface RunningGateway extends RunningProcess {
  /** Address of its GraphQL. */
  readonly url: string;
}

/**
 * Starts `whygraph serve` on a database as users do, with default settings but for `env`, the port, which is any free
 * one, and reading, which is open; by this Node, or another.
 */
export async function startGateway(
  databaseUrl: string,
  nodeFlags: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  node = process.execPath,
): Promise<RunningGateway> {
  const running = await startProcess({
    command: node,
    args: [...nodeFlags, "dist/src/cli.js", "serve"],
    env: {
      ...{ DATABASE_URL: databaseUrl, PORT: "0", NODE_ENV: "production", WHYGRAPH_READING: "open" },
      ...{ WHYGRAPH_BUDGET: "off", WHYGRAPH_BUDGET_ANONYMOUS: "off" }, // it asks for all that there is
      ...env,
    },
    ready: /Whygraph serves (http:\S+\/graphql)/,
  });
  return { ...running, url: running.found };
}
