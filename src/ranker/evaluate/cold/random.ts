import { makeRandom } from "../../random.ts";
import type { RankedModel } from "../types.ts";

/** Ranks items by chance: what a metric is worth where nothing is known. */
export const random: RankedModel = {
  name: "random",
  seeded: true,
  async fit(_training, seed) {
    return {
      chosen: {},
      score(user, _history, out) {
        const draw = makeRandom(seed * 1_000_003 + user);
        for (let item = 0; item < out.length; item++) out[item] = draw();
      },
    };
  },
};
