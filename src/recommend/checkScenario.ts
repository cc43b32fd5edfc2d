import { makeBoosts } from "./boosts.ts";
import { assertRequest } from "./checkRequest.ts";
import { makeFilter } from "./filter.ts";
import { listFilterNames } from "./filterNames.ts";
import type { RecommendPorts } from "./ports.ts";
import type { Scenario } from "./scenario.ts";

/**
 * Asserts that a scenario could be recommended with now: its numbers, its filters and all that they name.
 * @throws {DomainError} BAD_USER_INPUT
 */
export async function checkScenario(ports: RecommendPorts, scenario: Scenario): Promise<void> {
  const { diversity, minConfidence, trendingSeconds, filter, boosters } = scenario;
  const numbers = { diversity: diversity ?? 0, minConfidence, trendingSeconds };
  assertRequest({ user: "anybody", first: 0, ...numbers });
  const { keys } = listFilterNames([filter, ...(boosters ?? []).map((booster) => booster.filter)]);
  const entities = await ports.knowledge.findEntitiesByKeys(keys);
  const [graph, ranker] = [ports.knowledge.graph(), ports.ranker()];
  const names = { entities, attributes: new Map() };
  makeFilter(graph, filter, names);
  makeBoosts({ graph, ranker }, boosters ?? [], names);
}
