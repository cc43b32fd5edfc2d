import { splitDataset } from "../splitDataset.ts";
import { makeArena, makeTraining } from "./makeArena.ts";
import { type RankingProtocol, USUAL_COLUMNS } from "./Protocol.ts";

/** The newest interaction of each user is asked for. The one before it is the last known step, hence history. */
export const time: RankingProtocol = {
  name: "time",
  summary: "per user, the newest interaction is the test and the one before it validation",
  columns: USUAL_COLUMNS,
  leadMetrics: ["recall@10", "ndcg@10", "mrr@10"],
  temporal: true,
  histories: ["train+valid", "train"],
  prepare(dataset, history = "train+valid") {
    const split = splitDataset(dataset, "time");
    const { skippedUsers } = split;
    const notes = skippedUsers > 0 ? [`${skippedUsers} users skipped with fewer than 3 interactions`] : [];
    return { arenas: [makeArena(makeTraining(dataset, split, history), split)], skippedUsers, notes };
  },
};
