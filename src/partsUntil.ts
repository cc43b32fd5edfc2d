import { withSignal } from "./kg/cancel.ts";
import { createKnowledge } from "./kg/knowledge.ts";
import { createLoaders } from "./kg/loaders.ts";
import { createPast } from "./kg/past/createPast.ts";
import { countInteractions } from "./kg/queries/countInteractions.ts";
import { countTrending } from "./kg/queries/countTrending.ts";
import type { Reads } from "./kg/reads/types.ts";
import type { Queryable } from "./kg/types.ts";
import type { RecommendPorts } from "./recommend/ports.ts";

/**
 * Makes the parts of one request whose work ends with its signal: their statements are cancelled in Postgres, and the
 * ranker is not lent any more. Reads that requests share are short, and end by themselves.
 */
export function partsUntil(
  signal: AbortSignal,
  { db, reads, ports }: { readonly db: Queryable; readonly reads: Reads; readonly ports: RecommendPorts },
) {
  const own = withSignal(db, signal);
  const ending: RecommendPorts = {
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
  return {
    loaders: createLoaders(own, reads),
    own: { knowledge: createKnowledge(own, reads), past: createPast(own) },
    ports: ending,
  };
}
