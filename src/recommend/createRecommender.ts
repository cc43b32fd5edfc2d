import { DomainError } from "../errors.ts";
import type { EntityId } from "../kg/types.ts";
import { checkScenario } from "./checkScenario.ts";
import { compareExplanations } from "./compare.ts";
import { explainFor } from "./explain.ts";
import { recommendPopular, recommendTrending } from "./popular.ts";
import type { RecommendPorts } from "./ports.ts";
import { recommendFor } from "./recommend.ts";
import { findSimilar } from "./similar.ts";
import type { Recommender } from "./types.ts";
import { findUsersFor } from "./usersFor.ts";

/** Puts the use cases of recommending and explaining to work on the graph and the ranker. */
export function createRecommender(ports: RecommendPorts): Recommender {
  return {
    recommend: (request) => recommendFor(ports, request),
    popular: (request) => recommendPopular(ports, request),
    trending: (request) => recommendTrending(ports, request),
    usersFor: (item, first) => findUsersFor(ports, item, first),
    check: (scenario) => checkScenario(ports, scenario),
    similar: (item, first, filter) => findSimilar(ports, item, first, filter),
    async explain(request, item: EntityId) {
      const [explanation] = await explainFor(ports, request, [item]);
      return explanation;
    },
    async compare(request, item, over) {
      if (item === over) {
        throw new DomainError("BAD_USER_INPUT", `item and over are both entity ${item}; expected two items`);
      }
      const [one, other] = await explainFor(ports, request, [item, over]);
      return compareExplanations(one, other);
    },
  };
}
