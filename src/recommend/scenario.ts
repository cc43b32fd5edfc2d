import { DomainError } from "../errors.ts";
import type { Booster, ItemFilter } from "./filterTypes.ts";
import type { RecommendPorts } from "./ports.ts";
import type { Fallback, RecommendRequest } from "./types.ts";

/** Where a list starts from: all that is known, what the request names, or the newest of both. */
export type ScenarioStart = "ALL" | "SESSION" | "NEWEST";

/** A named way to recommend. A request adds to it, and what it says of its own goes before. */
export interface Scenario {
  readonly description?: string | null;
  readonly start?: ScenarioStart | null;
  /** Of NEWEST: how many items; 1 where left out. */
  readonly newest?: number | null;
  readonly filter?: ItemFilter | null;
  readonly boosters?: readonly Booster[] | null;
  readonly diversity?: number | null;
  readonly minConfidence?: number | null;
  readonly fallback?: readonly Fallback[] | null;
  readonly trendingSeconds?: number | null;
  readonly includeInteracted?: boolean | null;
}

/** A request with its scenario in it. */
export interface JoinedRequest extends RecommendRequest {
  readonly start?: ScenarioStart;
  readonly newest?: number;
  /** Null where no scenario is named. */
  readonly scenarioVersion: number | null;
}

/**
 * Joins a request with the scenario that it names: both filters must hold, boosters add up, the larger diversity and the
 * higher confidence count. One statement where one is named.
 * @throws {DomainError} NOT_FOUND where there is none of that name; BAD_USER_INPUT where it lacks what it starts from
 */
export async function joinScenario(
  { knowledge }: Pick<RecommendPorts, "knowledge">,
  request: RecommendRequest,
): Promise<JoinedRequest> {
  if (request.scenario == null) return { ...request, scenarioVersion: null };
  const found = await knowledge.findScenario(request.scenario);
  if (!found) {
    throw new DomainError("NOT_FOUND", `there is no scenario "${request.scenario}"; see the query scenarios`);
  }
  const { scenario, version } = found;
  const start = scenario.start ?? "ALL";
  if (start === "SESSION" && !request.session?.length && !request.interests?.length) {
    const message = `the scenario "${request.scenario}" starts from the session; expected session or interests`;
    throw new DomainError("BAD_USER_INPUT", message);
  }
  return {
    ...request,
    ...joinParts(request, scenario),
    start,
    newest: scenario.newest ?? 1,
    scenarioVersion: version,
  };
}

function joinParts(request: RecommendRequest, scenario: Scenario): Partial<RecommendRequest> {
  const filters = [scenario.filter, request.filter].flatMap((filter) => (filter ? [filter] : []));
  return {
    filter: filters.length > 1 ? { and: filters } : (filters[0] ?? null),
    boosters: [...(scenario.boosters ?? []), ...(request.boosters ?? [])],
    diversity: Math.max(scenario.diversity ?? 0, request.diversity ?? 0),
    minConfidence: Math.max(scenario.minConfidence ?? 0, request.minConfidence ?? 0),
    fallback: request.fallback ?? scenario.fallback,
    trendingSeconds: request.trendingSeconds ?? scenario.trendingSeconds,
    includeInteracted: request.includeInteracted === true || scenario.includeInteracted === true,
  };
}
