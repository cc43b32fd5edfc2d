import { type ChildProcess, fork } from "node:child_process";
import type { JSONObject } from "../kg/types.ts";
import { ownScript } from "../ownFiles.ts";
import type { TrainProgress } from "../trainModel.ts";

const LAST_WORDS = 2_000;

/** What a fitting process is asked. */
export interface FitRequest {
  /** Address of the database. */
  readonly url: string;
  readonly seed: number;
  readonly config: JSONObject;
  /** Gives way where others want the same core. */
  readonly patient: boolean;
}

/** What it tells. */
export type FitMessage =
  | { readonly type: "progress"; readonly fraction: number; readonly what: string }
  | { readonly type: "done"; readonly model: string }
  | { readonly type: "failed"; readonly reason: string };

/**
 * Fits and stores a model in a process of its own and gives the model's id. A process and not a thread:
 * neither an exhausted heap nor a crash in native code takes the gateway along, its priority can be lowered
 * everywhere, and killing it leaves nothing behind, because its transactions end with its connections.
 * @throws {Error} with its reason where it fails or dies, and where `signal` ends it
 */
export async function fitInProcess(
  request: FitRequest,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: TrainProgress },
): Promise<string> {
  signal.throwIfAborted();
  const { path, execArgv } = ownScript("jobs/fitProcess");
  const child = fork(path, [], {
    execArgv,
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const kill = () => child.kill("SIGKILL");
  signal.addEventListener("abort", kill);
  process.once("exit", kill);
  try {
    return await converse(child, request, onProgress);
  } finally {
    signal.removeEventListener("abort", kill);
    process.off("exit", kill);
  }
}

function converse(child: ChildProcess, request: FitRequest, onProgress: TrainProgress): Promise<string> {
  let lastWords = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS);
  });
  child.send(request);
  return new Promise((resolve, reject) => {
    let answer: FitMessage | null = null;
    child.on("message", (message: FitMessage) => {
      if (message.type === "progress") onProgress(message.fraction, message.what);
      else answer = message;
    });
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (answer?.type === "done") resolve(answer.model);
      else if (answer?.type === "failed") reject(new Error(answer.reason));
      else reject(new Error(describeDeath(signal ?? code, lastWords)));
    });
  });
}

/** Node's own words for an exhausted heap or an uncaught error, where it left some. */
function describeDeath(end: string | number | null, lastWords: string): string {
  const line = lastWords.split("\n").find((text) => /error/i.test(text));
  return `the fitting process ended with ${end}${line ? `: ${line.trim()}` : " and said nothing"}`;
}
