import type { LiveSnapshot } from "../kg/snapshot/openLiveSnapshot.ts";
import type { RecommendPorts } from "../recommend/ports.ts";

/**
 * Makes the function that makes tests of answers: whether the graph, the model, the live counts and the user's own history
 * and wishes are still those that an answer was made from. A test costs no statement and holds no request in memory.
 */
export function makeTests({
  snapshot,
  mark,
  histories,
}: {
  readonly snapshot: LiveSnapshot;
  readonly mark: NonNullable<RecommendPorts["mark"]>;
  readonly histories: { holds(user: string, history: object): boolean };
}): NonNullable<RecommendPorts["makeTest"]> {
  return ({ graph: { revision }, ...rest }, user) => {
    const made = { ...rest, graph: { revision } };
    const stamp = mark(made)?.stamp;
    return () => {
      const { graph } = snapshot; // first: it moves with the time
      if (stamp === undefined || graph.revision !== revision || mark(made)?.stamp !== stamp) return false;
      return user === null || (made.history !== null && histories.holds(user, made.history));
    };
  };
}
