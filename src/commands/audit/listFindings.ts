import type { Decile } from "../../ranker/evaluate/faithfulness/meanByDecile.ts";
import type { AuditReport } from "./types.ts";

/** A heading and its lines, for text and for Markdown. */
export interface Section {
  readonly title: string;
  readonly lines: readonly (readonly [name: string, value: string])[];
}

/** Puts what an audit found into words, section by section. */
export function listFindings(report: AuditReport): Section[] {
  return [
    listBasics(report),
    listPathFindings(report),
    listDeletions(report),
    listCounterfactuals(report),
    listDeciles(
      "Explained fraction by length of the user's history",
      "interactions",
      report.explainedByHistory,
    ),
    listDeciles("Explained fraction by the item's popularity", "interactions", report.explainedByPopularity),
    listQuality(report),
  ];
}

function listBasics(report: AuditReport): Section {
  return {
    title: "Score and evidence",
    lines: [
      ["model, graph revision", `${report.model}, ${report.revision}`],
      ["user–item pairs", String(report.pairs)],
      ["completeness error, largest", report.completenessError.toExponential(1)],
      ["explained fraction, mean", percent(report.explainedFraction)],
      ["steps whose triple is live", percent(report.liveSteps)],
    ],
  };
}

function listPathFindings(report: AuditReport): Section {
  const { comprehensiveness, sufficiency, overlap } = report;
  return {
    title: "Paths",
    lines: [
      ["paths looked at", String(report.paths)],
      ["sign violations", String(report.signViolations)],
      ["Spearman of contribution and −delta, mean", report.spearmanContribution.toFixed(4)],
      ...Object.entries(comprehensiveness).map(([count, { strongest, random }]): [string, string] => [
        `comprehensiveness at ${count}: share lost`,
        `${percent(strongest)} (random paths ${percent(random)}, ratio ${(strongest / random).toFixed(1)})`,
      ]),
      ...Object.entries(sufficiency).map(([count, { strongest, random }]): [string, string] => [
        `sufficiency at ${count}: share kept`,
        `${percent(strongest)} (random paths ${percent(random)})`,
      ]),
      ...(overlap
        ? [[`three strongest paths shared with model ${overlap.model}`, percent(overlap.top3)] as const]
        : []),
    ],
  };
}

function listDeletions(report: AuditReport): Section {
  return {
    title: "Triples deleted for real",
    lines: [
      ["triples deleted", String(report.deletions)],
      ["deletion error, degrees of the model", report.deletionErrorFrozen.toExponential(1)],
      [
        `the same of one path's deltaIfRemoved (${report.pathDeletions} triples)`,
        report.deletionErrorPath.toExponential(1),
      ],
      ["deletion error, degrees counted anew", report.deletionErrorRecomputed.toExponential(1)],
      ["Spearman, degrees counted anew", report.spearmanRecomputed.toFixed(4)],
      ["same sign", percent(report.signAgreement)],
    ],
  };
}

function listCounterfactuals({ counterfactual: { pairs, sizes, median } }: AuditReport): Section {
  return {
    title: "Smallest set of paths without which an item leaves the first ten",
    lines: [
      ["recommended items", String(pairs)],
      ["median size", String(median)],
      ...Object.entries(sizes).map(([size, share]): [string, string] => [
        size === "none" ? "no set of paths does it" : `${size} path${size === "1" ? "" : "s"}`,
        percent(share),
      ]),
    ],
  };
}

function listDeciles(title: string, unit: string, deciles: readonly Decile[]): Section {
  return {
    title,
    lines: deciles.map(({ from, to, mean, count }) => [
      from === to ? `${from} ${unit}` : `${from}–${to} ${unit}`,
      `${percent(mean)} of ${count}`,
    ]),
  };
}

function listQuality({ pathQuality }: AuditReport): Section {
  const { LIR, SEP, LID, SED, PTD, PTC, users } = pathQuality;
  const values: [string, number][] = [
    ["LIR, recency of the linking interaction", LIR],
    ["SEP, popularity of the shared entity", SEP],
    ["LID, diversity of linking interactions", LID],
    ["SED, diversity of shared entities", SED],
    ["PTD, diversity of path types", PTD],
    ["PTC, path types spread (1: no two alike)", PTC],
  ];
  return {
    title: `Strongest path of each of the first ten, ${users} users`,
    lines: values.map(([name, value]) => [name, Number.isNaN(value) ? "–" : value.toFixed(3)]),
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
