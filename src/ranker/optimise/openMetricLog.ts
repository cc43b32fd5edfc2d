import { appendFile, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeEvent } from "./encodeEvent.ts";
import { writeAtomically } from "./writeAtomically.ts";

/** The numbers of one epoch; one that is not finite is left out of both files. */
export interface EpochRecord {
  readonly epoch: number;
  readonly [name: string]: number;
}

/** Writes the metrics of a training as they come. */
export interface MetricLog {
  append(record: EpochRecord): Promise<void>;
}

const LINES = "metrics.jsonl";
const EVENTS = "events.out.tfevents.";

/**
 * Opens the metric log of a training in a folder, made where it is absent: `metrics.jsonl`, one record per
 * epoch, and an event file that TensorBoard reads. A training that goes on from epoch `from` keeps the lines
 * before it and drops the rest; 0 begins anew. TensorBoard itself lets a later file overrule an earlier one.
 */
export async function openMetricLog(folder: string, from = 0): Promise<MetricLog> {
  await mkdir(folder, { recursive: true });
  const lines = join(folder, LINES);
  await keepBefore(lines, from);
  const now = Date.now() / 1000;
  const events = join(folder, await nameEvents(folder, now));
  await appendFile(events, encodeEvent({ wallTime: now, fileVersion: "brain.Event:2" }));
  return {
    async append(record) {
      const finite = Object.entries(record).filter(([, value]) => Number.isFinite(value));
      await appendFile(lines, `${JSON.stringify(Object.fromEntries(finite))}\n`);
      const scalars = Object.fromEntries(finite.filter(([name]) => name !== "epoch"));
      await appendFile(events, encodeEvent({ wallTime: Date.now() / 1000, step: record.epoch, scalars }));
    },
  };
}

/** TensorBoard reads the event files of a folder in the order of their names: seconds, then a counter. */
async function nameEvents(folder: string, now: number): Promise<string> {
  const prefix = `${EVENTS}${String(Math.floor(now)).padStart(10, "0")}.whygraph.`;
  const taken = (await readdir(folder)).filter((name) => name.startsWith(prefix)).length;
  return `${prefix}${taken}`;
}

/** Keeps the whole lines of epochs before `from`; a line that a crash cut off is none. */
async function keepBefore(file: string, from: number): Promise<void> {
  const text = from === 0 ? "" : await readFile(file, "utf8").catch(() => "");
  const kept = text.split("\n").filter((line) => {
    try {
      return (JSON.parse(line) as EpochRecord).epoch < from;
    } catch {
      return false;
    }
  });
  await writeAtomically(file, Buffer.from(kept.map((line) => `${line}\n`).join("")));
}
