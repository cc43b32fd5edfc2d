import { compareRows } from "./compareRows.ts";
import { listUnits, measureUnit, type Omission, type Run, type Unit } from "./measureUnit.ts";
import { RANKING_PROTOCOLS, type RankingProtocolName } from "./protocols/index.ts";
import type { HistoryMode, Preparation, RankingProtocol } from "./protocols/Protocol.ts";
import type { Report } from "./report/Report.ts";
import { type Measured, summariseRuns } from "./summariseRuns.ts";
import type { Dataset, RankedModel } from "./types.ts";

export interface EvaluateOptions {
  readonly protocol: RankingProtocolName;
  /** One of the protocol's histories; its default where absent. */
  readonly history?: HistoryMode;
  readonly models: readonly RankedModel[];
  /** Seeds 1 … n. */
  readonly seeds: number;
  /** Runs the fits; here, one after the other, where absent. The order of the answers is that of the units. */
  readonly runUnits?: (units: readonly Unit[]) => Promise<readonly (Run | Omission)[]>;
  readonly onProgress?: (text: string) => void;
}

/** A report of rankings over users. */
export interface Evaluation extends Report {
  /** Users with test rows, of the first group. */
  readonly users: number;
  readonly skippedUsers: number;
}

/** Fits every model on what the protocol cuts, measures all of them on the same users and compares them pairwise. */
export async function evaluate(dataset: Dataset, options: EvaluateOptions): Promise<Evaluation> {
  const { models, seeds, history } = options;
  const protocol: RankingProtocol = RANKING_PROTOCOLS[options.protocol];
  const preparation = protocol.prepare(dataset, history);
  const units = listUnits(preparation.arenas, models, seeds);
  const results = await (options.runUnits ?? runHere(preparation, models, options.onProgress))(units);
  const { measured, omitted } = collect(preparation, units, results);
  const rows = measured.map(({ row }) => row);
  return {
    title: describe(dataset, options, measured),
    ...{ data: dataset.name, protocol: protocol.name, seeds, columns: protocol.columns, rows },
    leads: compareRows(measured, protocol.leadMetrics),
    notes: [...preparation.notes, ...(protocol.comment?.(dataset, rows) ?? [])],
    figures: listFigures(protocol, measured),
    omitted,
    users: measured[0]?.users ?? 0,
    skippedUsers: preparation.skippedUsers,
  };
}

function runHere(
  { arenas }: Preparation,
  models: readonly RankedModel[],
  onProgress?: (text: string) => void,
): NonNullable<EvaluateOptions["runUnits"]> {
  return async (units) => {
    const results: (Run | Omission)[] = [];
    for (const { arena, model, seed } of units) {
      onProgress?.(`fitting ${model}, seed ${seed}`);
      const found = models.find(({ name }) => name === model);
      if (!found) throw new RangeError(`no model is called "${model}"`);
      results.push(await measureUnit(arenas[arena], found, seed));
    }
    return results;
  };
}

/** Rows group by group, in the order of the models. */
function collect({ arenas }: Preparation, units: readonly Unit[], results: readonly (Run | Omission)[]) {
  const measured: Measured[] = [];
  const omitted = new Map<string, string>();
  const models = [...new Set(units.map(({ model }) => model))];
  arenas.forEach(({ trials }, arena) => {
    const runsOf = models.map((model) =>
      results.flatMap((result, at) => {
        if (units[at].arena !== arena || units[at].model !== model) return [];
        if ("reason" in result) omitted.set(model, result.reason);
        return "reason" in result ? [] : [result];
      }),
    );
    trials.forEach(({ group }, trial) => {
      runsOf.forEach((runs, at) => {
        if (runs.length > 0) measured.push(summariseRuns({ model: models[at], group, trial }, runs));
      });
    });
  });
  return { measured, omitted: [...omitted].map(([model, reason]) => ({ model, reason })) };
}

function describe(
  dataset: Dataset,
  { protocol, history, seeds }: EvaluateOptions,
  measured: readonly Measured[],
): string {
  const { histories }: RankingProtocol = RANKING_PROTOCOLS[protocol];
  const mode = history ?? (protocol === "path" ? undefined : histories[0]);
  const users = measured[0]?.users ?? 0;
  return [
    `${dataset.name}, protocol ${protocol}`,
    ...(mode ? [`history ${mode}`] : []),
    `${users} users measured, ${seeds} seed${seeds === 1 ? "" : "s"}`,
  ].join(", ");
}

/** One chart per group, of the metric that the protocol compares first. */
function listFigures({ leadMetrics }: RankingProtocol, measured: readonly Measured[]): Report["figures"] {
  const [metric] = leadMetrics;
  const groups = [...new Set(measured.map(({ row }) => row.group))];
  return groups.map((group) => ({ title: group === "" ? metric : `${metric}, ${group}`, metric, group }));
}
