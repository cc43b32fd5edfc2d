import { readConfig } from "../../config.ts";
import { DomainError } from "../../errors.ts";
import { evaluate } from "../../ranker/evaluate/evaluate.ts";
import { findDefaultModels } from "../../ranker/evaluate/models.ts";
import { chooseBackend } from "../../ranker/evaluate/openTensors.ts";
import { RANKING_PROTOCOLS, type RankingProtocolName } from "../../ranker/evaluate/protocols/index.ts";
import type { HistoryMode, RankingProtocol } from "../../ranker/evaluate/protocols/Protocol.ts";
import type { Report } from "../../ranker/evaluate/report/Report.ts";
import type { RankedModel } from "../../ranker/evaluate/types.ts";
import { findModel } from "./findModel.ts";
import type { ProtocolOptions } from "./protocols.ts";
import { readDataset } from "./readDataset.ts";
import { readVectors } from "./readVectors.ts";
import { runInProcesses } from "./runInProcesses.ts";

/** Runs a protocol that judges by ranking, its fits in as many processes as `jobs` says. */
export async function runRanking(
  folder: string,
  protocol: RankingProtocolName,
  options: ProtocolOptions,
): Promise<Report> {
  const { ablations, seeds, jobs, vectors, onProgress } = options;
  const history = assertHistory(protocol, options.history);
  const table = { ablations, text: vectors !== undefined };
  const models = options.models ? chooseModels(options.models, table) : findDefaultModels(protocol, table);
  onProgress(`reading ${folder}`);
  const dataset = await readEvaluated(folder, vectors);
  const runUnits =
    jobs > 1 ? runInProcesses({ folder, protocol, history, vectors }, { jobs, onProgress }) : undefined;
  return evaluate(dataset, { protocol, history, models, seeds, runUnits, onProgress });
}

/**
 * Reads a data folder, and the vectors of its items where a file of them is given, and chooses the configured backend:
 * what each process of an evaluation begins with.
 */
export async function readEvaluated(folder: string, vectors: string | undefined) {
  chooseBackend(readConfig().backend);
  const dataset = await readDataset(folder);
  return vectors ? { ...dataset, vectors: await readVectors(vectors, dataset.itemKeys) } : dataset;
}

/** The models of these names, and the ablations where they are wanted. */
function chooseModels(
  names: readonly string[],
  table: { readonly ablations: boolean; readonly text: boolean },
): RankedModel[] {
  const chosen = [...new Set(names)].map(findModel);
  const added = table.ablations ? findDefaultModels("full", table) : [];
  return [
    ...chosen,
    ...added.filter((model) => model.name.startsWith("whygraph-") && !names.includes(model.name)),
  ];
}

function assertHistory(protocol: RankingProtocolName, history: string | undefined): HistoryMode | undefined {
  if (history === undefined) return undefined;
  const { histories }: RankingProtocol = RANKING_PROTOCOLS[protocol];
  const found = histories.find((mode) => mode === history);
  if (found) return found;
  const expected = histories.length > 0 ? [...histories].sort().join(" or ") : "none";
  throw new DomainError(
    "BAD_USER_INPUT",
    `--history is "${history}"; protocol ${protocol} expected ${expected}`,
  );
}
