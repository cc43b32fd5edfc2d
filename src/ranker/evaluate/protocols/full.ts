import { splitDataset } from "../splitDataset.ts";
import { makeArena, makeTraining } from "./makeArena.ts";
import { type RankingProtocol, USUAL_COLUMNS } from "./Protocol.ts";

/** The fixed split of the published tables. Validation rows only select there, so the history is train alone. */
export const full: RankingProtocol = {
  name: "full",
  summary:
    "the train, valid and test of the split column; every item competes, those of train and valid are masked",
  columns: USUAL_COLUMNS,
  leadMetrics: ["recall@10", "ndcg@10", "mrr@10"],
  temporal: false,
  histories: ["train", "train+valid"],
  prepare(dataset, history = "train") {
    const split = splitDataset(dataset, "full");
    return { arenas: [makeArena(makeTraining(dataset, split, history), split)], skippedUsers: 0, notes: [] };
  },
};
