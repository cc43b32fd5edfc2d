/**
 * One of the processes that `evaluate --jobs` fits in: it reads the data itself, then fits what it is asked and
 * sends back what was measured. It ends with whoever started it.
 */
import { DomainError } from "../../errors.ts";
import { measureUnit, type Omission, type Run, type Unit } from "../../ranker/evaluate/measureUnit.ts";
import { RANKING_PROTOCOLS } from "../../ranker/evaluate/protocols/index.ts";
import type { Preparation, RankingProtocol } from "../../ranker/evaluate/protocols/Protocol.ts";
import { findModel } from "./findModel.ts";
import type { Answer, Order, Setting } from "./runInProcesses.ts";
import { readEvaluated } from "./runRanking.ts";

let preparation: Promise<Preparation> | null = null;

process.once("disconnect", () => process.exit(1));
process.on("message", (order: Order) => {
  if ("setting" in order) {
    preparation = prepare(order.setting);
    preparation.catch(() => undefined); // told with the first batch
  } else {
    measureAll(order.units).then(
      (results) => tell({ results }),
      (error: Error) =>
        tell({ failed: { code: error instanceof DomainError ? error.code : null, message: error.message } }),
    );
  }
});

async function prepare({ folder, protocol, history, vectors }: Setting): Promise<Preparation> {
  const ranking: RankingProtocol = RANKING_PROTOCOLS[protocol];
  return ranking.prepare(await readEvaluated(folder, vectors), history);
}

async function measureAll(units: readonly Unit[]): Promise<(Run | Omission)[]> {
  const { arenas } = await preparation!;
  const results: (Run | Omission)[] = [];
  for (const { arena, model, seed } of units) {
    results.push(await measureUnit(arenas[arena], findModel(model), seed));
  }
  return results;
}

function tell(answer: Answer): void {
  process.send?.(answer);
}
