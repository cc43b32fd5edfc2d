import { DomainError } from "../../../errors.ts";
import { compactTriples } from "../../embed/compactTriples.ts";
import { defaultConfig } from "../../embed/defaultConfig.ts";
import { KnownTriples } from "../../embed/KnownTriples.ts";
import { scoreAll } from "../../embed/scoreTriple.ts";
import { trainEmbeddings } from "../../embed/trainEmbeddings.ts";
import {
  EMBEDDING_MODELS,
  type EmbedConfig,
  type EmbeddingModel,
  type TripleColumns,
} from "../../embed/types.ts";
import { makeFrequencyLinks, makeNeighbourLinks, makeRandomLinks } from "./baselines.ts";
import { makeValidation } from "./makeValidation.ts";
import { averageRanks, type LinkRanks, rankLinks } from "./rankLinks.ts";
import { makeRuleLinks } from "./rules.ts";
import { splitTriples, type TripleSplit } from "./splitTriples.ts";
import type { LinkEvaluation, LinkRow, LinkScorer } from "./types.ts";

/** Baselines first, then what is trained. */
export const LINK_MODELS = ["random", "frequency", "neighbours", "rules", ...EMBEDDING_MODELS] as const;
export type LinkModel = (typeof LINK_MODELS)[number];

const SHARE = 0.1; // of the triples, for validation and again for the test
const SPLIT_SEED = 1;

export interface LinkOptions {
  /** All of them where absent. */
  readonly models?: readonly LinkModel[];
  /** How many seeds a trained model is trained with; 1 where absent. */
  readonly seeds?: number;
  /** Settings that replace a trained model's own. */
  readonly config?: Partial<Omit<EmbedConfig, "model" | "seed">>;
  readonly onProgress?: (text: string) => void;
}

/**
 * Measures how well models complete triples that they have not seen: a tenth of the triples is held out for
 * the test and another tenth for early stopping, then each missing end is ranked among all entities that have a
 * triple.
 * @throws {DomainError} BAD_USER_INPUT where no triple can be held out
 */
export async function evaluateLinks(
  columns: TripleColumns,
  options: LinkOptions = {},
): Promise<LinkEvaluation> {
  const { triples } = compactTriples(columns);
  const { models = LINK_MODELS, seeds = 1 } = options;
  const split = splitTriples(triples, { seed: SPLIT_SEED, valid: SHARE, test: SHARE });
  const [train, valid, test] = [split.train, split.valid, split.test].map(({ head }) => head.length);
  if (test === 0) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `of ${triples.head.length} triples none can be held out; expected entities with two triples or more`,
    );
  }
  const known = new KnownTriples(triples.entities, triples.relations, [triples]);
  const rows: LinkRow[] = [];
  for (const model of models) {
    const runs: Run[] = [];
    for (let seed = 1; seed <= (isTrained(model) ? seeds : 1); seed++) {
      runs.push(await runModel(model, { ...options, split, known, seed }));
    }
    rows.push(makeRow(model, runs));
  }
  const { entities, relations } = triples;
  return { ...{ entities, relations, train, valid, test, seeds }, rows };
}

interface RunOptions extends LinkOptions {
  readonly split: TripleSplit;
  readonly known: KnownTriples;
  readonly seed: number;
}

interface Run {
  readonly ranks: LinkRanks;
  readonly seconds: number;
}

async function runModel(model: LinkModel, options: RunOptions): Promise<Run> {
  const started = performance.now();
  const score = await makeScorer(model, options);
  options.onProgress?.(`${model}: ranking`);
  const ranks = rankLinks(options.split.test, options.known, score);
  return { ranks, seconds: (performance.now() - started) / 1000 };
}

async function makeScorer(model: LinkModel, options: RunOptions): Promise<LinkScorer> {
  const { split, seed } = options;
  if (model === "random") return makeRandomLinks(seed);
  if (model === "frequency") return makeFrequencyLinks(split.train);
  if (model === "neighbours") return makeNeighbourLinks(split.train);
  if (model === "rules") return makeRuleLinks(split.train);
  const config = { ...defaultConfig(model), ...options.config, seed };
  const embedding = await trainEmbeddings(split.train, config, {
    validate: makeValidation(split.valid, options.known),
    onEpoch: ({ epoch, loss, valid }) => {
      const judged = valid === undefined ? "" : `, validation MRR ${valid.toFixed(4)}`;
      options.onProgress?.(`${model}, seed ${seed}: epoch ${epoch + 1}, loss ${loss.toFixed(4)}${judged}`);
    },
  });
  return (query, out) => scoreAll(embedding, query, out);
}

function isTrained(model: LinkModel): model is EmbeddingModel {
  return EMBEDDING_MODELS.some((name) => name === model);
}

function makeRow(model: LinkModel, runs: readonly Run[]): LinkRow {
  const mrrs = runs.map(({ ranks }) => averageRanks([ranks.tail, ranks.head]).mrr);
  const mean = mrrs.reduce((sum, mrr) => sum + mrr, 0) / mrrs.length;
  const squares = mrrs.reduce((sum, mrr) => sum + (mrr - mean) ** 2, 0);
  return {
    model,
    ...averageRanks(runs.flatMap(({ ranks }) => [ranks.tail, ranks.head])),
    mrrSd: Math.sqrt(squares / Math.max(1, mrrs.length - 1)),
    mrrTail: averageRanks(runs.map(({ ranks }) => ranks.tail)).mrr,
    mrrHead: averageRanks(runs.map(({ ranks }) => ranks.head)).mrr,
    seconds: runs.reduce((sum, { seconds }) => sum + seconds, 0) / runs.length,
  };
}
