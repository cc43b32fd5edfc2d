import { readCtrFolder } from "../../ranker/evaluate/ctr/readCtrFolder.ts";
import { runCtr } from "../../ranker/evaluate/ctr/runCtr.ts";
import type { Report } from "../../ranker/evaluate/report/Report.ts";
import type { ProtocolOptions } from "./protocols.ts";

/** Runs the protocol that judges click-through prediction; `seeds` counts the random splits. */
export async function runCtrFolder(folder: string, options: ProtocolOptions): Promise<Report> {
  const { ablations, models, seeds, onProgress } = options;
  onProgress(`reading ${folder}`);
  return runCtr(await readCtrFolder(folder), { splits: seeds, ablations, models, onProgress });
}
