import { pairedBootstrap } from "./pairedBootstrap.ts";
import type { Lead } from "./report/Report.ts";
import type { Measured } from "./summariseRuns.ts";

const SUBJECT = "whygraph";

/** Rows that whygraph is compared with by name: what the graph is worth is its lead over these two. */
export const GRAPH_ABLATIONS: readonly string[] = [`${SUBJECT}-no-graph`, `${SUBJECT}-shuffled-graph`];

/**
 * Compares whygraph with the best baseline of each metric and with its own rows without a graph and with a
 * shuffled one, paired over users, within each group. Rows whose name starts with "whygraph" are no baselines.
 */
export function compareRows(measured: readonly Measured[], metrics: readonly string[]): Lead[] {
  const groups = [...new Set(measured.map(({ row }) => row.group))];
  return groups.flatMap((group) => {
    const rows = measured.filter(({ row }) => row.group === group);
    const subject = rows.find(({ row }) => row.model === SUBJECT);
    if (!subject) return [];
    const baselines = rows.filter(({ row }) => !row.model.startsWith(SUBJECT));
    const ablations = rows.filter(({ row }) => GRAPH_ABLATIONS.includes(row.model));
    const compare = (metric: string, other: Measured, best: boolean): Lead => ({
      ...{ group, metric, model: SUBJECT, over: other.row.model, best },
      ...pairedBootstrap(subject.perUser[metric], other.perUser[metric]),
    });
    return [
      ...(baselines.length > 0
        ? metrics.map((metric) => compare(metric, findBest(baselines, metric), true))
        : []),
      ...ablations.flatMap((other) => metrics.map((metric) => compare(metric, other, false))),
    ];
  });
}

function findBest(baselines: readonly Measured[], metric: string): Measured {
  return baselines.reduce((top, entry) =>
    entry.row.metrics[metric].mean > top.row.metrics[metric].mean ? entry : top,
  );
}
