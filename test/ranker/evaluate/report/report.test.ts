import { describe, expect, it } from "vitest";
import { drawBars } from "../../../../src/ranker/evaluate/report/drawBars.ts";
import { drawReport } from "../../../../src/ranker/evaluate/report/drawReport.ts";
import { formatMarkdown } from "../../../../src/ranker/evaluate/report/formatMarkdown.ts";
import { printReport } from "../../../../src/ranker/evaluate/report/printReport.ts";
import type { Report, ReportRow } from "../../../../src/ranker/evaluate/report/Report.ts";

function row(model: string, group: string, mean: number): ReportRow {
  const metrics = { "ndcg@10": { mean, sd: 0.001, error: 0.02 } };
  return { model, group, metrics, seconds: { train: 1.25, perUser: 0.002 }, chosen: { halfLife: 3 } };
}

const REPORT: Report = {
  title: "films, protocol cold, 3 users measured, 2 seeds",
  ...{ data: "films", protocol: "cold", seeds: 2 },
  columns: [{ metric: "ndcg@10", label: "nDCG|10" }],
  rows: [
    row("popularity", "among cold", 0.1),
    row("whygraph", "among cold", 0.2),
    row("whygraph", "among all", 0.15),
  ],
  leads: [
    {
      ...{ group: "among cold", metric: "ndcg@10", model: "whygraph", over: "popularity", best: true },
      ...{ difference: 0.1, low: 0.05, high: 0.15 },
    },
  ],
  notes: ["three items are cold"],
  figures: [
    { title: "nDCG among cold", metric: "ndcg@10", group: "among cold" },
    { title: "nDCG <all>", metric: "ndcg@10", group: "among all" },
  ],
  omitted: [{ model: "text", reason: "no vectors" }],
};

it("prints a table per group, the leads, the notes and what was left out", () => {
  const text = printReport(REPORT);
  expect(text).toMatch(/^films, protocol cold.*; ± is the deviation over them$/m);
  expect(text).toMatch(/^among cold\nmodel +nDCG\|10 +train s +ms\/user +chosen on validation\n/m);
  expect(text).toMatch(/^popularity +0\.1000 ± 0\.0010 +1\.3 +2\.00 +halfLife=3$/m);
  expect(text).toContain("among cold, ndcg@10: whygraph +0.1000 over popularity [+0.0500, +0.1500]");
  expect(text).toContain("three items are cold\ntext left out: no vectors\n");
});

it("writes Markdown with the command, the figure, the best value in bold and a verdict", () => {
  const provenance = { command: "npm run evaluate", machine: "2 cores", figure: "films-cold.svg" };
  const markdown = formatMarkdown(REPORT, provenance);
  expect(markdown).toMatch(/^# films, protocol cold\n\n`npm run evaluate`\n/);
  expect(markdown).toContain("![nDCG among cold; nDCG <all> on films](films-cold.svg)");
  expect(markdown).toContain("## Among cold\n\n| model | nDCG\\|10 | train s | ms/user |");
  expect(markdown).toContain("| popularity | 0.1000 ± 0.0010 |");
  expect(markdown).toContain("| whygraph | **0.2000 ± 0.0010** |");
  expect(markdown).toContain("[+0.0500, +0.1500]: ahead");
  expect(formatMarkdown(REPORT, { ...provenance, figure: null })).not.toContain("![");
});

it("calls a lead level where its interval holds 0, and behind where it lies below", () => {
  const verdicts = [
    [-0.1, 0.1, "level"],
    [-0.2, -0.1, "behind"],
  ] as const;
  for (const [low, high, verdict] of verdicts) {
    const leads = [{ ...REPORT.leads[0], low, high }];
    const provenance = { command: "c", machine: "m", figure: null };
    expect(formatMarkdown({ ...REPORT, leads }, provenance)).toContain(`]: ${verdict}`);
  }
});

describe("figures", () => {
  it("draw a bar per row, as long as its value, with its interval and its text", () => {
    // 720 wide, 200 for labels and 84 for values: 436 for the longest end, .2 + .02. .1 is 198.2, .2 is 396.4.
    const image = drawReport(REPORT)!;
    expect(image).toContain('<rect class="bar" x="200" y="44" width="198.2" height="16"/>');
    expect(image).toContain('<rect class="subject" x="200" y="68" width="396.4" height="16"/>');
    expect(image).toContain('d="M556.7 76H636M556.7 72v8M636 72v8"'); // .18 and .22: 356.7 and 436
    expect(image).toContain(">nDCG &#60;all&#62;</text>");
    expect(image).toContain("prefers-color-scheme: dark");
  });

  it("need rows: a report without them has none", () => {
    expect(drawReport({ ...REPORT, figures: [] })).toBeNull();
    expect(drawReport({ ...REPORT, rows: [] })).toBeNull();
  });

  it("stand for zeros and negative values without a bar", () => {
    const image = drawBars([
      {
        title: "t",
        bars: [
          { label: "none", value: 0 },
          { label: "less", value: -1 },
        ],
      },
    ]);
    expect(image.match(/width="0"/g)).toHaveLength(2);
    expect(image).not.toMatch(/NaN|Infinity/);
  });
});
