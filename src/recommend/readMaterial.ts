import { DomainError } from "../errors.ts";
import type { Entity } from "../kg/types.ts";
import type { FoundNames } from "./filter.ts";
import { listFilterNames } from "./filterNames.ts";
import type { RecommendPorts, SeenHistory, Trends } from "./ports.ts";
import type { JoinedRequest } from "./scenario.ts";

/** All that has to be read before a list is made; the rest is one synchronous pass over the snapshot. */
export interface Material {
  readonly request: JoinedRequest;
  /** Null where no user is named. */
  readonly history: SeenHistory | null;
  readonly interests: readonly Entity[];
  readonly session: readonly Entity[];
  readonly names: FoundNames;
  /** Null until the fallback chain needs it. */
  readonly trends: Trends | null;
}

/**
 * Reads what a request needs: one statement for the user, one for all keys that it names, and one for each attribute
 * that has changed since a filter last asked for it; none depends on another.
 * @throws {DomainError} BAD_USER_INPUT for unknown interests
 */
export async function readMaterial({ knowledge }: RecommendPorts, request: JoinedRequest): Promise<Material> {
  const { user, filter, boosters } = request;
  const [interests, session] = [request.interests ?? [], request.session ?? []];
  const { keys, attributes } = listFilterNames([
    filter,
    ...(boosters ?? []).map((booster) => booster.filter),
  ]);
  const [history, entities, columns] = await Promise.all([
    user == null ? null : knowledge.findHistory(user, { fresh: request.minRevision != null }),
    knowledge.findEntitiesByKeys([...interests, ...session, ...keys]),
    attributes.length === 0 ? new Map() : knowledge.findAttributes(attributes),
  ]);
  return {
    ...{ request, history, trends: null, names: { entities, attributes: columns } },
    interests: interests.map((key) => findNamed("interests", key, entities)),
    session: session.map((key) => findNamed("session", key, entities)),
  };
}

function findNamed(
  where: "interests" | "session",
  key: string,
  entities: ReadonlyMap<string, Entity>,
): Entity {
  const entity = entities.get(key);
  if (entity) return entity;
  const expected = `expected the key of a known ${where === "session" ? "item" : "entity"}`;
  throw new DomainError("BAD_USER_INPUT", `${where} names "${key}"; ${expected}`);
}
