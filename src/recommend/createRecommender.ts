import { DomainError } from "../errors.ts";
import type { EntityId } from "../kg/types.ts";
import { compareExplanations } from "./compare.ts";
import { explainFor } from "./explain.ts";
import { recommendPopular } from "./popular.ts";
import type { RecommendPorts } from "./ports.ts";
import { recommendFor } from "./recommend.ts";
import { findSimilar } from "./similar.ts";
import type { Recommender } from "./types.ts";

/** Puts the use cases of recommending and explaining to work on the graph and the ranker. */
export function createRecommender(ports: RecommendPorts): Recommender {
  return {
    recommend: (request) => recommendFor(ports, request),
    popular: (request) => recommendPopular(ports, request),
    similar: (item, first, filter) => findSimilar(ports, item, first, filter),
    async explain(user: string, item: EntityId) {
      const [explanation] = await explainFor(ports, user, [item]);
      return explanation;
    },
    async compare(user, item, over) {
      if (item === over) {
        throw new DomainError("BAD_USER_INPUT", `item and over are both entity ${item}; expected two items`);
      }
      const [one, other] = await explainFor(ports, user, [item, over]);
      return compareExplanations(one, other);
    },
  };
}
