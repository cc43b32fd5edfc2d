import { readDataset } from "../../../src/commands/evaluate/readDataset.ts";
import { bindModel } from "../../../src/ranker/bindModel.ts";
import { findCandidates } from "../../../src/ranker/candidates.ts";
import { batchRequests, type ScoringRequest } from "../../../src/ranker/device/batchRequests.ts";
import { splitDataset } from "../../../src/ranker/evaluate/splitDataset.ts";
import type { UserRows } from "../../../src/ranker/evaluate/types.ts";
import { DEFAULT_CONFIG, type Histories } from "../../../src/ranker/model.ts";
import { collectSignals } from "../../../src/ranker/signals.ts";
import { fitModel } from "../../../src/ranker/train/fitModel.ts";

/**
 * Fits a model with attention gates on a data folder (settings fixed, not searched) and makes two batches of what it is
 * asked: the candidates of the user with the median history, and those of the first `users` users, `rows` each.
 */
export async function readRequests(
  folder: string,
  size: { readonly users: number; readonly rows: number; readonly smoke: boolean },
) {
  const dataset = await readDataset(folder);
  const { graph } = dataset;
  if (!graph) throw new Error(`${folder} has no triples; expected a graph`);
  const split = splitDataset(dataset, "time");
  const entityOf = (rows: UserRows): Histories => ({
    offsets: rows.offsets,
    item: rows.items.map((item) => dataset.itemIndexToEntity[item]),
    ordered: true,
  });
  const train = entityOf(split.train);
  const fixed = { ...DEFAULT_CONFIG, fusion: "dynamic", halfLife: 5 } as const;
  const { model } = await fitModel({
    graph,
    train,
    valid: entityOf(split.valid),
    all: train,
    seed: 1,
    fixed,
  });
  const bound = bindModel(model, graph);
  const ask = (history: readonly number[], most = Number.POSITIVE_INFINITY): ScoringRequest => {
    const signals = collectSignals(bound, graph, history);
    const seen = new Set(history);
    const accepts = (item: number) => graph.isItem(item) && !seen.has(item);
    return { history, items: findCandidates(signals, accepts).slice(0, most) };
  };
  const histories = listHistories(train).filter((history) => history.length > 0);
  const byLength = histories.toSorted((a, b) => a.length - b.length);
  const median = ask(byLength[byLength.length >> 1]);
  const many = histories.slice(0, size.users).map((history) => ask(history, size.rows));
  let begin = performance.now();
  for (let warm = 0; warm < (size.smoke ? 1 : 5); warm++) {
    begin = performance.now();
    batchRequests(bound, graph, { requests: [median] });
  }
  const collectMs = performance.now() - begin;
  return {
    one: batchRequests(bound, graph, { requests: [median] }),
    many: { ...batchRequests(bound, graph, { requests: many }), users: many.length },
    collectMs,
  };
}

/** The history of each user, newest first. */
function listHistories({ offsets, item }: Histories): number[][] {
  return Array.from({ length: offsets.length - 1 }, (_, user) =>
    [...item.subarray(offsets[user], offsets[user + 1])].reverse(),
  );
}
