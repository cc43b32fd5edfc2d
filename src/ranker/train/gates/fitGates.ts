import { setImmediate } from "node:timers/promises";
import { trainEmbeddings } from "../../embed/trainEmbeddings.ts";
import type { TripleColumns } from "../../embed/types.ts";
import type { Gates } from "../../gates.ts";
import type { Fusion } from "../../model.ts";
import { AdamW } from "../../optimise/AdamW.ts";
import { EarlyStopping } from "../../optimise/EarlyStopping.ts";
import { makeSchedule } from "../../optimise/makeSchedule.ts";
import { shuffle } from "../../optimise/shuffle.ts";
import { Random } from "../../random.ts";
import { type Shape, straight } from "../../shape.ts";
import type { VectorSpace } from "../../spaces.ts";
import type { UserPaths } from "./collectPaths.ts";
import { GateState } from "./GateState.ts";
import { GRAPH_CONFIG, GraphLoss } from "./GraphLoss.ts";
import { measurePaths } from "./measurePaths.ts";
import { TextLoss } from "./TextLoss.ts";

/** The numbers of one epoch. */
export interface GateEpoch {
  readonly epoch: number;
  /** Cross-entropy of the ranking. */
  readonly loss: number;
  /** nDCG@10 of the users that judge. */
  readonly valid: number;
  /** Losses of the other tasks, and what each weighs; collaborative fusion only. */
  readonly graph?: number;
  readonly text?: number;
  readonly graphWeight?: number;
  readonly textWeight?: number;
}

export interface GateTask {
  readonly users: readonly UserPaths[];
  readonly triples: TripleColumns;
  /** Group names, and the shapes that static fusion has learned; gates begin at a = 1. */
  readonly groups: readonly { readonly name: string; readonly shape: Shape; readonly gated: boolean }[];
  /** Text of the entities, where there is one. */
  readonly text: VectorSpace | null;
  readonly fusion: Exclude<Fusion, "static">;
  readonly seed: number;
  readonly onEpoch?: (numbers: GateEpoch) => void | Promise<void>;
}

export interface FittedGates {
  readonly gates: Gates;
  readonly shapes: { readonly [group: string]: Shape };
  /** nDCG@10 of the judging users, before and after. */
  readonly before: number;
  readonly after: number;
}

const EPOCHS = 12;
const BATCH = 32; // users
const RATE = 0.03;
const PATIENCE = 3;
const TIE = 1e-3; // weight of the cross-entropy beside nDCG@10

/**
 * Learns the gates and the weights behind them on four of five users and stops where the fifth no longer gains.
 * Dynamic fusion keeps the embedding that the graph's triples gave; collaborative fusion learns it jointly, on
 * the sum of the tasks' losses, each weighed by its learned uncertainty: L = Σ_t e^(−s_t)·L_t + s_t.
 * @see Kendall et al. 2018, "Multi-Task Learning Using Uncertainty to Weigh Losses"
 */
export async function fitGates(task: GateTask): Promise<FittedGates> {
  const learners = task.users.filter((_, place) => place % 5 !== 0);
  const judges = task.users.filter((_, place) => place % 5 === 0);
  const training = await GateTraining.start(task);
  const { state } = training;
  const before = measurePaths(judges, state.score(judges));
  const stopping = new EarlyStopping(training.parameters, PATIENCE);
  // Of equal pages the likelier: gates move the cross-entropy long before they move a rank.
  const judge = (ndcg: number) => ndcg - TIE * state.differentiate(judges).loss;
  stopping.observe(0, judge(before));
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    const numbers = training.runEpoch(learners, epoch);
    const valid = measurePaths(judges, state.score(judges));
    await task.onEpoch?.({ epoch, valid, ...numbers });
    await setImmediate();
    if (stopping.observe(epoch, judge(valid))) break;
  }
  stopping.restore();
  return { ...readGates(task, state), before, after: measurePaths(judges, state.score(judges)) };
}

/** A training between two epochs. */
class GateTraining {
  private readonly graph: GraphLoss | null;
  private readonly text: TextLoss | null;
  private readonly moves: AdamW;
  /** s_t of ranking, graph and text. */
  private readonly uncertainty = new Float32Array(3);
  private readonly uncertaintyMoves = new AdamW(this.uncertainty, {});
  private readonly random: Random;

  private constructor(
    task: GateTask,
    readonly state: GateState,
    graph: GraphLoss | null,
  ) {
    this.random = new Random(task.seed);
    this.graph = graph;
    this.text = graph && task.text ? new TextLoss(task.text, GRAPH_CONFIG.dimension, this.random) : null;
    this.moves = new AdamW(state.embedding, {});
  }

  static async start(task: GateTask): Promise<GateTraining> {
    const shapes = task.groups.map(({ shape }) => shape);
    const gated = task.groups.map((group) => group.gated);
    const config = { ...GRAPH_CONFIG, seed: task.seed };
    const { entities } = await trainEmbeddings(task.triples, config);
    const state = new GateState(entities, config.dimension, shapes, gated);
    if (task.fusion === "dynamic") return new GateTraining(task, state, null);
    const graph = new GraphLoss(task.triples, new Random(task.seed));
    graph.embedding.entities.set(entities);
    return new GateTraining(
      task,
      new GateState(graph.embedding.entities, config.dimension, shapes, gated),
      graph,
    );
  }

  get parameters(): Float32Array[] {
    const { query, offset, weights, embedding } = this.state;
    return this.graph ? [query, offset, weights, embedding] : [query, offset, weights];
  }

  runEpoch(users: readonly UserPaths[], epoch: number): Omit<GateEpoch, "epoch" | "valid"> {
    const length = users.length;
    const order = shuffle(
      Int32Array.from({ length }, (_, place) => place),
      this.random,
    );
    const steps = Math.ceil(length / BATCH);
    const rateOf = makeSchedule({ rate: RATE, warmUp: steps, total: EPOCHS * steps, decay: "cosine" });
    const sums = [0, 0, 0];
    for (let step = 0; step < steps; step++) {
      const chosen = Array.from(order.subarray(step * BATCH, (step + 1) * BATCH), (place) => users[place]);
      const losses = this.runStep(chosen, rateOf((epoch - 1) * steps + step));
      losses.forEach((loss, at) => {
        sums[at] += loss / steps;
      });
    }
    const [, graphWeight, textWeight] = this.uncertainty.map((s) => Math.exp(-s));
    return {
      loss: sums[0],
      ...(this.graph ? { graph: sums[1], graphWeight } : {}),
      ...(this.text ? { text: sums[2], textWeight } : {}),
    };
  }

  private runStep(users: readonly UserPaths[], rate: number): number[] {
    const { state, graph, text } = this;
    const { loss, gradients } = state.differentiate(users);
    if (!graph) {
      state.step(gradients, rate);
      return [loss];
    }
    const [ranking, ofGraph, ofText] = this.uncertainty.map((s) => Math.exp(-s));
    for (const gradient of [gradients.query, gradients.offset, gradients.weights, gradients.embedding]) {
      for (let at = 0; at < gradient.length; at++) gradient[at] *= ranking;
    }
    const entities = Float32Array.from(gradients.embedding);
    const losses = [loss, graph.step(ofGraph, rate, entities)];
    if (text) losses.push(text.step(ofText, rate, state.embedding, entities));
    state.step(gradients, rate);
    this.moves.step(entities, rate);
    // d/ds (e^(−s)·L + s) = 1 − e^(−s)·L
    const slopes = Float32Array.from(this.uncertainty, (s, at) =>
      at < losses.length ? 1 - Math.exp(-s) * losses[at] : 0,
    );
    this.uncertaintyMoves.step(slopes, rate);
    return losses;
  }
}

function readGates({ groups }: GateTask, state: GateState): Pick<FittedGates, "gates" | "shapes"> {
  const { dim, embedding, query, offset, weights } = state;
  const gated = groups.map((group, at) => ({ ...group, at })).filter((group) => group.gated);
  const count = groups.length;
  return {
    gates: {
      dim,
      embedding,
      query: Object.fromEntries(
        gated.map(({ name, at }) => [name, Array.from(query.subarray(at * dim, (at + 1) * dim))]),
      ),
      offset: Object.fromEntries(gated.map(({ name, at }) => [name, offset[at]])),
    },
    shapes: Object.fromEntries(
      groups.map(({ name, shape }, at) => [
        name,
        {
          ...straight(weights[at]),
          ...{ saturating: weights[count + at], logarithmic: weights[2 * count + at] },
          ...{ tau: shape.tau, kappa: shape.kappa },
        },
      ]),
    ),
  };
}
