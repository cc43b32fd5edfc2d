import type { Reconciler } from "../../reader/reconcile/types.ts";
import { readExtension } from "./readExtension.ts";
import { wrong } from "./readJson.ts";
import { readQueries } from "./readQueries.ts";
import { tellExtension } from "./tellExtension.ts";
import { tellMatches } from "./tellMatches.ts";

/**
 * Answers a reconciliation query batch or a data extension query.
 * @throws {HttpError} where it is none, or too large
 */
export async function answerRoot(parameters: URLSearchParams, reconciler: Reconciler): Promise<object> {
  const [queries, extend] = [parameters.get("queries"), parameters.get("extend")];
  if ((queries === null) === (extend === null)) {
    throw wrong(
      `${queries === null ? "neither" : "both"} of queries and extend are set, expected one of them`,
    );
  }
  if (queries !== null) {
    const batch = readQueries(queries);
    const found = await reconciler.match(batch.map(([, query]) => query));
    return Object.fromEntries(batch.map(([name], place) => [name, tellMatches(found[place])]));
  }
  const { ids, columns } = readExtension(extend ?? "");
  return tellExtension(ids, await reconciler.extend(ids, columns));
}
