import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeFacts } from "../../../../src/ranker/evaluate/ctr/makeFacts.ts";
import { readCtrFolder } from "../../../../src/ranker/evaluate/ctr/readCtrFolder.ts";
import { runCtr } from "../../../../src/ranker/evaluate/ctr/runCtr.ts";
import { shuffleFacts } from "../../../../src/ranker/evaluate/ctr/shuffleFacts.ts";
import { makeFans } from "./support.ts";

const FOLDER = "../shared/data/lastfm-ctr";

describe("click-through prediction", () => {
  const report = runCtr(makeFans(100, 7), { splits: 2, folds: 4, ablations: true });
  const rowOf = (name: string) => report.rows.find(({ model }) => model === name);
  const aucOf = (name: string): number => rowOf(name)?.metrics.auc.mean ?? Number.NaN;

  it("is judged of every baseline and every ablation", () => {
    expect(report.rows.map(({ model }) => model)).toEqual([
      ...["popularity", "itemknn", "ease", "whygraph", "whygraph-no-newcomer", "whygraph-no-graph"],
      ...["whygraph-shuffled-graph", "whygraph-no-users", "whygraph-linear", "whygraph-item-alone"],
    ]);
    for (const { metrics } of report.rows) expect(metrics.auc.sd).toBeGreaterThanOrEqual(0);
  });

  it("learns whom users love: well ahead of popularity, which knows nothing here", () => {
    expect(aucOf("whygraph")).toBeGreaterThan(0.85);
    expect(aucOf("popularity")).toBeLessThan(0.65);
    const lead = report.leads.find(({ over }) => over === "popularity");
    expect(lead?.low).toBeGreaterThan(0);
    expect(lead?.difference).toBeCloseTo(aucOf("whygraph") - aucOf("popularity"), 9);
  });

  it("needs more than the item, and gains nothing from facts that are given to other items", () => {
    expect(aucOf("whygraph-item-alone")).toBeLessThan(aucOf("whygraph"));
    expect(aucOf("whygraph-shuffled-graph")).toBeLessThan(aucOf("whygraph") + 0.01);
  });

  it("refuses a model that it does not know", () => {
    expect(() => runCtr(makeFans(5, 1), { models: ["kgat"] })).toThrow(
      /--models has "kgat"; protocol ctr expected some of popularity, itemknn, ease, whygraph,/,
    );
  });

  it("is the same when it is run again", () => {
    const options = { splits: 1, folds: 3, models: ["whygraph"] };
    const [first, second] = [runCtr(makeFans(30, 7), options), runCtr(makeFans(30, 7), options)];
    expect(first.rows[0].metrics).toEqual(second.rows[0].metrics);
  });
});

it("a shuffled graph keeps what is known of how many, and gives it to others", () => {
  const facts = makeFacts(makeFans(5, 1));
  const shuffled = shuffleFacts(facts, 30, 1);
  expect([...shuffled.item].sort()).toEqual([...facts.item].sort());
  expect(shuffled.fact).toEqual(facts.fact);
  expect(shuffled.item).not.toEqual(facts.item);
});

describe.skipIf(!existsSync(FOLDER))("the Last.FM rows", () => {
  it("give popularity the AUC that was measured elsewhere, .79, and a plain cosine .81", async () => {
    const data = await readCtrFolder(FOLDER);
    expect([data.users, data.items, data.rows.label.length]).toEqual([1872, 3846, 42_346]);
    const { rows } = runCtr(data, { splits: 1, models: ["popularity", "itemknn"] });
    expect(rows[0].metrics.auc.mean).toBeCloseTo(0.79, 1.5);
    expect(rows[1].metrics.auc.mean).toBeCloseTo(0.81, 1.5);
  });
});
