import { countUsers, makeBinaryMatrix } from "../../linear/BinaryMatrix.ts";
import type { RankedModel } from "../types.ts";
import { taughtRows } from "./itemModel.ts";

/** Ranks items by the number of their users, the same for everybody. */
export const popularity: RankedModel = {
  name: "popularity",
  seeded: false,
  async fit(training) {
    const counts = countUsers(makeBinaryMatrix(taughtRows(training), training.items));
    return { chosen: {}, score: (_user, _history, out) => out.set(counts) };
  },
};
