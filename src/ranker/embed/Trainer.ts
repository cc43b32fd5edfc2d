import type { Moments } from "../optimise/AdamW.ts";
import { restoreArrays } from "../optimise/checkpoint.ts";
import { EarlyStopping, type StoppingState } from "../optimise/EarlyStopping.ts";
import { makeSchedule } from "../optimise/makeSchedule.ts";
import type { NumberArray } from "../optimise/packArrays.ts";
import { RowAdamW } from "../optimise/RowAdamW.ts";
import { shuffle } from "../optimise/shuffle.ts";
import { Random } from "../random.ts";
import { BatchGradients } from "./BatchGradients.ts";
import { drawNegatives, type NegativeSource } from "./drawNegatives.ts";
import { KnownTriples } from "./KnownTriples.ts";
import { makeEmbedding } from "./makeEmbedding.ts";
import { collectObservedEnds } from "./observedEnds.ts";
import type { TrainedEmbedding } from "./trainEmbeddings.ts";
import type { EmbedConfig, Embedding, TripleColumns } from "./types.ts";

/** The numbers of one epoch. */
export interface EpochNumbers {
  readonly epoch: number;
  /** Mean over the queries. */
  readonly loss: number;
  /** Learning rate of the last step. */
  readonly rate: number;
  /** What `validate` gave; absent in epochs between. */
  readonly valid?: number;
}

/** What a checkpoint keeps beside the arrays. */
export interface TrainerState {
  readonly random: number;
  readonly stopping: StoppingState;
  readonly stopped: boolean;
  readonly epochs: readonly EpochNumbers[];
}

/** A training between two epochs. */
export class Trainer {
  readonly #embedding: Embedding;
  readonly #gradients: BatchGradients;
  readonly #optimisers: { readonly entities: RowAdamW; readonly relations: RowAdamW };
  readonly #random: Random;
  readonly #stopping: EarlyStopping;
  readonly #source: NegativeSource;
  readonly #rateOf: (step: number) => number;
  readonly #negatives: Int32Array;
  #epochs: EpochNumbers[] = [];
  #stopped = false;

  constructor(
    private readonly triples: TripleColumns,
    private readonly config: EmbedConfig,
  ) {
    const random = new Random(config.seed);
    const embedding = makeEmbedding(triples, config, random);
    const { entities, relations } = embedding;
    this.#random = random;
    this.#embedding = embedding;
    this.#gradients = new BatchGradients(embedding, config);
    this.#optimisers = {
      entities: new RowAdamW(entities, config.dimension, config),
      relations: new RowAdamW(relations, this.#gradients.relations.width, config),
    };
    this.#stopping = new EarlyStopping([entities, relations], config.patience);
    this.#source = makeSource(triples, config, random);
    const steps = Math.ceil(triples.head.length / config.batch);
    const span = { warmUp: config.warmUp * steps, total: config.epochs * steps };
    this.#rateOf = makeSchedule({ ...config, ...span });
    this.#negatives = new Int32Array(config.negatives);
  }

  /** The epoch that comes next. */
  get epoch(): number {
    return this.#epochs.length;
  }

  get done(): boolean {
    return this.#stopped || this.epoch >= this.config.epochs;
  }

  /** Runs one epoch, and judges it where it is time. */
  runEpoch(validate?: (embedding: Embedding) => number): EpochNumbers {
    const { batch } = this.config;
    const { length } = this.triples.head;
    const order = shuffle(
      Int32Array.from({ length }, (_, index) => index),
      this.#random,
    );
    const steps = Math.ceil(length / batch);
    let [loss, rate] = [0, 0];
    for (let step = 0; step < steps; step++) {
      rate = this.#rateOf(this.epoch * steps + step);
      loss += this.#runStep(order.subarray(step * batch, (step + 1) * batch), rate);
    }
    const numbers = { epoch: this.epoch, loss: loss / (2 * length), rate, ...this.#judge(validate) };
    this.#epochs.push(numbers);
    return numbers;
  }

  #judge(validate?: (embedding: Embedding) => number): { readonly valid?: number } {
    const isDue = (this.epoch + 1) % this.config.validateEvery === 0 || this.epoch + 1 === this.config.epochs;
    if (!validate || !isDue) return {};
    const valid = validate(this.#embedding);
    this.#stopped = this.#stopping.observe(this.epoch, valid);
    return { valid };
  }

  /** Gives the sum of the loss over the queries of the batch. */
  #runStep(batch: Int32Array, rate: number): number {
    const { head, relation, tail } = this.triples;
    const weight = 1 / (2 * batch.length);
    let loss = 0;
    for (const index of batch) {
      loss += this.#add("TAIL", [head[index], relation[index], tail[index]], weight);
      loss += this.#add("HEAD", [tail[index], relation[index], head[index]], weight);
    }
    this.#optimisers.entities.step(this.#gradients.entities, rate);
    this.#optimisers.relations.step(this.#gradients.relations, rate);
    this.#gradients.clear();
    return loss;
  }

  #add(side: "HEAD" | "TAIL", [entity, relation, answer]: [number, number, number], weight: number): number {
    drawNegatives(this.#source, { side, entity, relation }, this.#negatives);
    return this.#gradients.add({ side, entity, relation, answer, negatives: this.#negatives }, weight);
  }

  /** What a checkpoint needs; the arrays are the live ones. */
  keep(): { readonly state: TrainerState; readonly arrays: Record<string, NumberArray> } {
    const { state: stopping } = this.#stopping;
    return {
      state: { random: this.#random.state, stopping, stopped: this.#stopped, epochs: this.#epochs },
      arrays: this.#arrays(),
    };
  }

  /** Goes on from what `keep` gave. */
  restore({
    state,
    arrays,
  }: {
    readonly state: TrainerState;
    readonly arrays: Record<string, NumberArray>;
  }): void {
    restoreArrays(arrays, this.#arrays());
    this.#random.state = state.random;
    this.#stopping.state = state.stopping;
    this.#stopped = state.stopped;
    this.#epochs = [...state.epochs];
  }

  #arrays(): Record<string, NumberArray> {
    const { entities, relations } = this.#embedding;
    const [bestEntities, bestRelations] = this.#stopping.kept;
    return {
      ...{ entities, relations, bestEntities, bestRelations },
      ...nameMoments("entities", this.#optimisers.entities.moments),
      ...nameMoments("relations", this.#optimisers.relations.moments),
    };
  }

  /** The vectors of the best epoch, or of the last where none was judged. */
  finish(): TrainedEmbedding {
    const { bestEpoch } = this.#stopping;
    if (bestEpoch >= 0) this.#stopping.restore();
    return {
      ...this.#embedding,
      epochs: this.#epochs,
      bestEpoch: bestEpoch >= 0 ? bestEpoch : this.epoch - 1,
    };
  }
}

function makeSource(triples: TripleColumns, config: EmbedConfig, random: Random): NegativeSource {
  const { entities, relations } = triples;
  return {
    ...{ entities, random, share: config.observed },
    observed: collectObservedEnds(triples),
    known: config.filtered ? new KnownTriples(entities, relations, [triples]) : null,
  };
}

function nameMoments(of: string, { mean, square, steps }: Moments): Record<string, NumberArray> {
  return { [`${of}.mean`]: mean, [`${of}.square`]: square, [`${of}.steps`]: steps };
}
