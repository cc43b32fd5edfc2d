import type { EntityId } from "../kg/types.ts";
import type { Evidence, HistoryItem } from "../ranker/types.ts";
import type { ToldEvidence } from "./types.ts";

/** Evidence joined with the history that it starts from; copies nothing. */
export class Told implements ToldEvidence {
  constructor(
    private readonly evidence: Evidence,
    readonly history: ReadonlyMap<EntityId, HistoryItem>,
  ) {}

  get component() {
    return this.evidence.component;
  }
  get vectors() {
    return this.evidence.vectors;
  }
  get attention() {
    return this.evidence.attention;
  }
  get contribution() {
    return this.evidence.contribution;
  }
  get deltaIfRemoved() {
    return this.evidence.deltaIfRemoved;
  }
  get damping() {
    return this.evidence.damping;
  }
  get steps() {
    return this.evidence.steps;
  }
}
