import { type ChildProcess, fork } from "node:child_process";
import { DomainError } from "../../errors.ts";
import { ownScript } from "../../ownFiles.ts";
import type { EvaluateOptions } from "../../ranker/evaluate/evaluate.ts";
import type { Omission, Run, Unit } from "../../ranker/evaluate/measureUnit.ts";
import type { RankingProtocolName } from "../../ranker/evaluate/protocols/index.ts";
import type { HistoryMode } from "../../ranker/evaluate/protocols/Protocol.ts";

/** What a process reads before it fits anything; it prepares the same arenas as everybody else. */
export interface Setting {
  readonly folder: string;
  readonly protocol: RankingProtocolName;
  readonly history?: HistoryMode;
  readonly vectors?: string;
}

/** What a process is asked: first the setting, then one batch of units after the other. */
export type Order = { readonly setting: Setting } | { readonly units: readonly Unit[] };

/** What it answers: the results of a batch, or why there are none. */
export type Answer =
  | { readonly results: readonly (Run | Omission)[] }
  | { readonly failed: { readonly code: string | null; readonly message: string } };

type Result = Run | Omission;

/**
 * Makes a runner that fits in `jobs` processes of their own: a fit keeps its thread busy for minutes. Variants of
 * one family stay in one process, one after the other, because they share their selection. What comes back is
 * the same as from one process, only sooner.
 */
export function runInProcesses(
  setting: Setting,
  { jobs, onProgress }: { readonly jobs: number; readonly onProgress: (text: string) => void },
): NonNullable<EvaluateOptions["runUnits"]> {
  return async (units) => {
    const waiting = batchUnits(units);
    const results = new Map<Unit, Result>();
    const children = Array.from({ length: Math.min(jobs, waiting.length) }, () => startChild(setting));
    try {
      await Promise.all(
        children.map(async (child) => {
          for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
            onProgress(`fitting ${batch.map(({ model, seed }) => `${model}, seed ${seed}`).join("; ")}`);
            const answers = await ask(child, batch);
            for (const [at, unit] of batch.entries()) results.set(unit, answers[at]);
          }
        }),
      );
    } finally {
      for (const child of children) child.kill("SIGKILL");
    }
    return units.map((unit) => results.get(unit)!);
  };
}

/** Units that share what they compute, those that take longest first: whygraph, then families of baselines. */
export function batchUnits(units: readonly Unit[]): Unit[][] {
  const batches = new Map<string, Unit[]>();
  for (const unit of units) {
    const name = `${unit.arena} ${unit.family} ${unit.seed}`;
    batches.set(name, [...(batches.get(name) ?? []), unit]);
  }
  const weigh = ([{ model }]: readonly Unit[]) => (model.startsWith("whygraph") ? 0 : 1);
  return [...batches.values()].sort((a, b) => weigh(a) - weigh(b));
}

function startChild(setting: Setting): ChildProcess {
  const { path, execArgv } = ownScript("commands/evaluate/evaluateProcess");
  const child = fork(path, [], {
    execArgv,
    serialization: "advanced", // keeps typed arrays and Infinity
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child.send({ setting } satisfies Order);
  return child;
}

function ask(child: ChildProcess, units: readonly Unit[]): Promise<readonly Result[]> {
  return new Promise((resolve, reject) => {
    const end = (code: number | null, signal: string | null) =>
      reject(new Error(`a fitting process ended with ${signal ?? code} while it fitted ${units[0].model}`));
    child.once("exit", end);
    child.once("error", reject);
    child.once("message", (answer: Answer) => {
      child.off("exit", end);
      child.off("error", reject);
      if ("results" in answer) resolve(answer.results);
      else reject(makeError(answer.failed));
    });
    child.send({ units } satisfies Order);
  });
}

function makeError({ code, message }: { readonly code: string | null; readonly message: string }): Error {
  return code === null ? new Error(message) : new DomainError(code as DomainError["code"], message);
}
