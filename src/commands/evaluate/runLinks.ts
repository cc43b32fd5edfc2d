import { DomainError } from "../../errors.ts";
import { listTriples } from "../../ranker/embed/listTriples.ts";
import { evaluateLinks, LINK_MODELS, type LinkModel } from "../../ranker/evaluate/links/evaluateLinks.ts";
import type { LinkEvaluation, LinkRow } from "../../ranker/evaluate/links/types.ts";
import type { Report } from "../../ranker/evaluate/report/Report.ts";
import type { ProtocolOptions } from "./protocols.ts";
import { readDataset } from "./readDataset.ts";

const METRICS: readonly (readonly [metric: string, read: (row: LinkRow) => number])[] = [
  ["mrr", ({ mrr }) => mrr],
  ["hits@1", ({ hits1 }) => hits1],
  ["hits@3", ({ hits3 }) => hits3],
  ["hits@10", ({ hits10 }) => hits10],
  ["mrr, tails", ({ mrrTail }) => mrrTail],
  ["mrr, heads", ({ mrrHead }) => mrrHead],
];

/** Runs the protocol that judges link prediction on the triples of a data folder. */
export async function runLinks(folder: string, options: ProtocolOptions): Promise<Report> {
  const { seeds, onProgress } = options;
  const models = options.models?.map(assertLinkModel);
  onProgress(`reading ${folder}`);
  const { name, graph } = await readDataset(folder);
  if (!graph || graph.tripleCount === 0) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `"${folder}" has no triples; expected a file triples.tsv(.gz) for protocol links`,
    );
  }
  return describe(name, await evaluateLinks(listTriples(graph), { models, seeds, onProgress }));
}

function assertLinkModel(name: string): LinkModel {
  const model = LINK_MODELS.find((known) => known === name);
  if (model) return model;
  throw new DomainError(
    "BAD_USER_INPUT",
    `--models has "${name}"; protocol links expected some of ${LINK_MODELS.join(", ")}`,
  );
}

function describe(data: string, found: LinkEvaluation): Report {
  const { entities, relations, train, valid, test, seeds, rows } = found;
  return {
    title: `${data}, protocol links, ${test} triples asked for, ${seeds} seed${seeds === 1 ? "" : "s"}`,
    ...{ data, protocol: "links", seeds },
    columns: METRICS.map(([metric]) => ({ metric, label: metric })),
    rows: rows.map((row) => ({
      ...{ model: row.model, group: "", chosen: {} },
      metrics: Object.fromEntries(
        METRICS.map(([metric, read]) => [metric, { mean: read(row), sd: metric === "mrr" ? row.mrrSd : 0 }]),
      ),
      seconds: { train: row.seconds },
    })),
    leads: [],
    notes: [
      `${entities} entities, ${relations} relations; ${train} triples teach, ${valid} stop the training, ${test} are asked for`,
      "ranks are filtered: other true answers do not compete; ties count by their mean rank",
      ...(seeds > 1 ? ["the deviation over seeds is known of the mean reciprocal rank alone"] : []),
    ],
    figures: [{ title: "filtered mean reciprocal rank", metric: "mrr", group: "" }],
    omitted: [],
  };
}
