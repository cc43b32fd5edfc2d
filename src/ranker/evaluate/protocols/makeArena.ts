import type { Dataset, Split, Training } from "../types.ts";
import { joinUserRows } from "../userRows.ts";
import type { Arena, HistoryMode } from "./Protocol.ts";

/** Makes what models may learn from: the rows of `split` but those of the test, under a history mode. */
export function makeTraining(dataset: Dataset, { train, valid }: Split, history: HistoryMode): Training {
  return {
    users: dataset.userKeys.length,
    items: dataset.itemKeys.length,
    train,
    valid,
    refit: history === "train+valid",
    graph: dataset.graph,
    itemIndexToEntity: dataset.itemIndexToEntity,
    vectors: dataset.vectors,
  };
}

/** Makes the arena of a split with one trial: all items compete, those of train and valid are masked. */
export function makeArena(training: Training, { train, valid, test }: Split, group = ""): Arena {
  const history = training.refit ? joinUserRows(train, valid) : train;
  return {
    training,
    trials: [{ group, task: { items: training.items, history, masked: valid, relevant: test } }],
  };
}
