import { DomainError } from "../errors.ts";
import type { Database } from "../kg/database.ts";
import { rewindSnapshot } from "../kg/past/rewindSnapshot.ts";
import type { LiveSnapshot } from "../kg/snapshot/openLiveSnapshot.ts";
import type { Graph } from "../kg/types.ts";
import type { Models, PinnedModel } from "../models/openModels.ts";
import type { Ranker } from "../ranker/createRanker.ts";
import { countPast } from "./interactions.ts";
import type { Moment } from "./moment.ts";

const MOST = 4; // states in memory: each is a copy of what has changed since, and a bound model
const IDLE_MS = 120_000;

/** A model at work on a graph of the past. */
export interface PinnedState {
  readonly graph: Graph;
  readonly ranker: Ranker;
}

/**
 * States of the past that pages are made from. The next page of a list mostly asks for the same one, so the newest few
 * stay in memory until nobody has asked for a while.
 */
export class Pins {
  readonly #states = new Map<string, { readonly state: Promise<PinnedState>; idle: NodeJS.Timeout }>();

  constructor(
    private readonly parts: {
      readonly db: Database;
      readonly snapshot: LiveSnapshot;
      readonly models: Models;
    },
  ) {}

  /**
   * Finds the state of a moment, or makes it.
   * @throws {DomainError} NOT_FOUND, CONFLICT, UNAVAILABLE where it cannot be made any more
   */
  find(moment: Moment): Promise<PinnedState> {
    const { revision, model, at, vectors, live } = moment;
    const key = JSON.stringify([revision, model, at, vectors, live]);
    const kept = this.#states.get(key);
    if (kept) clearTimeout(kept.idle);
    const state = kept?.state ?? this.#make(moment);
    this.#states.delete(key);
    this.#states.set(key, { state, idle: setTimeout(() => this.#states.delete(key), IDLE_MS).unref() });
    if (!kept) state.catch(() => this.#drop(key));
    if (this.#states.size > MOST) this.#drop(this.#states.keys().next().value as string);
    return state;
  }

  #drop(key: string): void {
    clearTimeout(this.#states.get(key)?.idle);
    this.#states.delete(key);
  }

  async #make(moment: Moment): Promise<PinnedState> {
    const { db, snapshot } = this.parts;
    const model = await this.#pinModel(moment);
    const graph = await rewindSnapshot(db, snapshot.fork(), moment.revision);
    graph.moveTo(moment.at);
    return { graph, ranker: model.on(graph, await countPast(db, moment)) };
  }

  async #pinModel({ model: id, vectors }: Moment): Promise<PinnedModel> {
    const model = await this.parts.models.pinStored(id);
    if (!model)
      throw new DomainError("NOT_FOUND", `model ${id}, which made the answer, is not stored any more`);
    if (vectors === model.vectors) return model;
    throw new DomainError(
      "CONFLICT",
      "vectors of entities were written since the answer was made; expected those that it was made from",
    );
  }
}
