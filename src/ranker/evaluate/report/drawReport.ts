import { drawBars } from "./drawBars.ts";
import type { Report } from "./Report.ts";

/**
 * Draws the figures of a report as one SVG image, the error bars being the 95% interval over users or, where
 * none were measured, the deviation over seeds or splits. Null for a report without figures.
 */
export function drawReport({ figures, rows }: Report): string | null {
  const charts = figures
    .map(({ title, metric, group }) => ({
      title,
      bars: rows
        .filter((row) => row.group === group && row.metrics[metric] !== undefined)
        .map(({ model, metrics: { [metric]: estimate } }) => ({
          label: model,
          value: estimate.mean,
          error: estimate.error ?? estimate.sd,
          subject: model === "whygraph",
        })),
    }))
    .filter(({ bars }) => bars.length > 0);
  return charts.length === 0 ? null : drawBars(charts);
}
