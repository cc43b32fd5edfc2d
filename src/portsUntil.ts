import type { Ending } from "./kg/cancel.ts";
import { countInteractions } from "./kg/queries/countInteractions.ts";
import { countTrending } from "./kg/queries/countTrending.ts";
import type { Queryable } from "./kg/types.ts";
import type { RecommendPorts } from "./recommend/ports.ts";

/**
 * The same ports for one request whose work has an end: their statements on `own` are cancelled then, and the ranker is
 * not lent any more.
 */
export function portsUntil(ending: Ending, own: Queryable, ports: RecommendPorts): RecommendPorts {
  const { signal } = ending;
  return {
    ...ports,
    knowledge: {
      ...ports.knowledge,
      graph() {
        signal.throwIfAborted();
        return ports.knowledge.graph();
      },
      countInteractions: (question) => countInteractions(own, question),
      countTrending: (question) => countTrending(own, question),
    },
    ranker() {
      signal.throwIfAborted();
      return ports.ranker();
    },
  };
}
