import { BACKENDS, type BackendName, openBackend } from "../../src/ranker/backend.ts";
import { type DeviceCase, listCases } from "./device/cases.ts";
import { measureArrays, measureBackend, type Timing } from "./device/measure.ts";
import { describeMachine } from "./support/machine.ts";
import type { BenchOptions } from "./support/options.ts";
import { printNumber, printTable } from "./support/printTable.ts";
import { runAsScript } from "./support/runAsScript.ts";

const GOAL = 20; // times that the cpu backend's time for one request is at least that of arrays

interface Row {
  readonly name: string;
  readonly device: string;
  readonly timings: readonly Timing[];
}

export interface DeviceResult {
  readonly machine: string;
  /** The loops over arrays first. */
  readonly rows: readonly Row[];
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
  /** cpu over arrays for one request, in CPU time; null where cpu was not measured. */
  readonly ratio: number | null;
}

/** Measures attention over paths, and a training epoch, in loops over arrays and on the compute backends that there are. */
export async function run(options: BenchOptions): Promise<DeviceResult> {
  const machine = describeMachine();
  if (options.backend) (await openBackend(options.backend as BackendName)).close(); // is it there at all?
  const cases = await listCases(options.smoke);
  const timings = await measureAll(cases, (one) => measureArrays(one, options.smoke));
  const rows: Row[] = [{ name: "arrays", device: "loops in this thread", timings }];
  const missing: { name: string; reason: string }[] = [];
  for (const name of options.backend ? [options.backend as BackendName] : BACKENDS) {
    const backend = await openBackend(name).catch((error: Error) => {
      if (options.backend) throw error;
      missing.push({ name, reason: error.message });
      return null;
    });
    if (!backend) continue;
    const timings = await measureAll(cases, (one) => measureBackend(backend, one, options.smoke));
    rows.push({ name, device: backend.device, timings });
    backend.close();
  }
  const ratio = compare(rows, "cpu", { name: "request", by: "cpuMs" });
  const result: DeviceResult = { machine, rows, missing, ratio };
  console.log(options.json ? JSON.stringify(result) : print(result, cases));
  if (!options.smoke && ratio !== null && ratio < GOAL) process.exitCode = 1;
  return result;
}

async function measureAll(
  cases: readonly DeviceCase[],
  measure: (one: DeviceCase) => Promise<Timing>,
): Promise<Timing[]> {
  const timings: Timing[] = [];
  for (const one of cases) timings.push(await measure(one));
  return timings;
}

/** How many times the time of arrays a backend takes. */
function compare(
  rows: readonly Row[],
  backend: string,
  { name, by }: { readonly name: DeviceCase["name"]; readonly by: "ms" | "cpuMs" },
): number | null {
  const [time, arrays] = [backend, "arrays"].map((row) => {
    return rows.find((other) => other.name === row)?.timings.find((timing) => timing.name === name)?.[by];
  });
  return time === undefined || arrays === undefined ? null : time / arrays;
}

function print({ machine, rows, missing, ratio }: DeviceResult, cases: readonly DeviceCase[]): string {
  const parts = [machine];
  for (const [at, { name, what }] of cases.entries()) {
    const cells = rows.map((row) => {
      const { ms, cpuMs, error } = row.timings[at];
      const factors = (["ms", "cpuMs"] as const).map((by) =>
        printNumber(compare(rows, row.name, { name, by })),
      );
      return [
        `${row.name}, ${row.device}`,
        printNumber(ms),
        printNumber(cpuMs),
        ...factors,
        error.toExponential(0),
      ];
    });
    parts.push(`${name}: ${what}`, printTable(HEADER, cells));
  }
  if (missing.length > 0) parts.push(missing.map(({ reason }) => `Left out: ${reason}.`).join("\n"));
  if (ratio !== null) {
    const verdict = ratio >= GOAL ? "met" : "missed";
    parts.push(
      `Goal: arrays take at most 1/${GOAL} of the cpu backend's CPU time for a request: ${verdict}.`,
    );
  }
  return parts.join("\n\n");
}

const HEADER = ["on", "ms", "CPU ms", "× arrays", "× arrays, CPU", "error"];

await runAsScript(import.meta.url, run);
