import { type RunningProcess, startProcess } from "./startProcess.ts";

export interface RunningGateway extends RunningProcess {
  /** Address of its GraphQL. */
  readonly url: string;
}

/** Starts `whygraph serve` on a database as users do, with default settings but for the port, which is any free one. */
export async function startGateway(
  databaseUrl: string,
  nodeFlags: readonly string[] = [],
): Promise<RunningGateway> {
  const running = await startProcess({
    command: process.execPath,
    args: [...nodeFlags, "--import", "tsx", "src/cli.ts", "serve"],
    env: { DATABASE_URL: databaseUrl, PORT: "0", NODE_ENV: "production" },
    ready: /Whygraph serves (http:\S+\/graphql)/,
  });
  return { ...running, url: running.found };
}
