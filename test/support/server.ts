import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { undoAfterFile } from "./undo.ts";

/** A process of Whygraph and what it has printed so far. */
export interface Process {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string | null>;
  /** Waits until what it printed matches; fails with all it printed. */
  waitFor(pattern: RegExp): Promise<RegExpMatchArray>;
}

/** A finished command. */
export interface Finished {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = { readonly [name: string]: string };

/** Makes a data folder of the test's own, removed after the file with whatever still runs on it. */
export async function makeDataFolder(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), "whygraph-data-"));
  await chmod(parent, 0o755); // as root, Postgres runs as another user
  undoAfterFile(() => rm(parent, { recursive: true, force: true, maxRetries: 5 }));
  return join(parent, "data");
}

/** Starts `whygraph <args>` as a real process, as it is built; it is killed after the file if it still runs. */
export function startWhygraph(args: readonly string[], env: Environment): Process {
  return startNode(["dist/src/cli.js", ...args], env);
}

/** Starts a TypeScript file as a process of its own. */
export function startScript(script: string, args: readonly string[], env: Environment): Process {
  return startNode(["--import", "tsx", script, ...args], env);
}

function startNode(args: readonly string[], env: Environment): Process {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].on("data", (chunk) => {
      printed[name] += chunk;
    });
  }
  const ended = once(child, "close").then(([code, signal]) => code ?? signal);
  undoAfterFile(() => stop(child, ended));
  return {
    child,
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    ended,
    waitFor: (pattern) => waitFor(pattern, { child, printed }),
  };
}

/** Runs `whygraph <args>` to its end. */
export async function runWhygraph(args: readonly string[], env: Environment): Promise<Finished> {
  const { ended, stdout, stderr } = startWhygraph(args, env);
  const code = await ended;
  return { code, stdout: stdout(), stderr: stderr() };
}

/** Starts a server on any free port and waits until it serves. */
export async function startServer(
  env: Environment,
): Promise<Process & { readonly url: string; readonly key: string | null }> {
  const server = startWhygraph(["serve"], { PORT: "0", ...env });
  const [, url] = await server.waitFor(/Whygraph serves (http:\S+)\/graphql[\s\S]*Try it:\n\n.*\n\n/);
  const key = /\b(wg_\S+)/.exec(server.stdout())?.[1] ?? null;
  return { ...server, url, key };
}

/** Lets a server stop its Postgres with itself; one that does not is killed. */
async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(late);
}

async function waitFor(
  pattern: RegExp,
  { child, printed }: { child: ChildProcess; printed: { stdout: string; stderr: string } },
): Promise<RegExpMatchArray> {
  for (const since = Date.now(); Date.now() - since < 90_000; ) {
    const match = pattern.exec(printed.stdout) ?? pattern.exec(printed.stderr);
    if (match) return match;
    if (child.exitCode !== null || child.signalCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${pattern} was not printed, but:\n${printed.stdout}\n${printed.stderr}`);
}
