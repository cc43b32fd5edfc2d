import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const START_MS = 180_000;
const STOP_MS = 15_000;

export interface RunningProcess {
  readonly pid: number;
  /** What the awaited line held in its first group. */
  readonly found: string;
  /** SIGTERM, and SIGKILL where that does not end it in 15 s. */
  stop(): Promise<void>;
}

interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Printed once it is ready. */
  readonly ready: RegExp;
}

/** Starts a process of its own with only the given environment, and waits until it prints that it is ready. */
export async function startProcess({ command, args, env, cwd, ready }: Start): Promise<RunningProcess> {
  const child = spawn(command, [...args], {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      printed += chunk;
    });
  }
  const kill = () => child.kill("SIGKILL"); // a benchmark that dies leaves nothing running
  process.once("exit", kill);
  const ended = once(child, "close").finally(() => process.off("exit", kill));
  const stop = () => stopChild(child, ended);
  for (const deadline = Date.now() + START_MS; Date.now() < deadline && isRunning(child); await sleep(20)) {
    const match = ready.exec(printed);
    if (match) return { pid: child.pid!, found: match[1], stop };
  }
  await stop();
  throw new Error(`${command} ${args.join(" ")} did not print ${ready}, but:\n${printed}`);
}

async function stopChild(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (isRunning(child)) child.kill("SIGTERM");
  const patience = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await ended.catch(() => undefined); // it could not be spawned at all
  clearTimeout(patience);
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null && child.pid !== undefined;
}
