import type { Estimate, Lead, Report, ReportRow } from "./Report.ts";

/** Four digits, and the deviation where there is more than one seed or split. */
export function formatEstimate(estimate: Estimate | undefined, seeds: number): string {
  if (!estimate) return "";
  const mean = estimate.mean.toFixed(4);
  return seeds > 1 ? `${mean} ± ${estimate.sd.toFixed(4)}` : mean;
}

/** A lead as a sentence: +0.0166 over ease [+0.0101, +0.0229]. */
export function formatLead({ metric, model, over, difference, low, high }: Lead): string {
  return `${metric}: ${model} ${formatSigned(difference)} over ${over} [${formatSigned(low)}, ${formatSigned(high)}]`;
}

/** What was chosen on validation, name=value. */
export function formatChosen({ chosen }: ReportRow): string {
  return Object.entries(chosen)
    .map(([name, value]) => `${name}=${typeof value === "number" ? Number(value.toPrecision(3)) : value}`)
    .join(" ");
}

/** Seconds of training, and milliseconds per user, where they are known. */
export function formatSeconds({ seconds: { train, perUser } }: ReportRow): readonly [string, string] {
  return [
    train === undefined ? "" : train.toFixed(1),
    perUser === undefined ? "" : (1000 * perUser).toFixed(2),
  ];
}

/** The headings of a report in their order. */
export function listGroups({ rows }: Report): string[] {
  return [...new Set(rows.map(({ group }) => group))];
}

function formatSigned(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(4)}`;
}
