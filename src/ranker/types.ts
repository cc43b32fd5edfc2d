/**
 * The ranker's words. Letters: U users, C candidates, P paths per candidate, L hops, K cut-off.
 *
 * score(i) = bias + Σ components.value, and within a component value = Σ contribution (+ otherEvidence), exactly.
 */
import type { EntityId, RelationId, Revision, TripleId } from "../kg/types.ts";

/** BOOST is what the caller adds to the score; the ranker makes none itself. */
export type ComponentKind = "BEHAVIOUR" | "ITEM" | "KNOWLEDGE" | "TEXT" | "VECTOR" | "BOOST";
export type StepKind = "TRIPLE" | "CO_INTERACTION" | "TEXT_SIMILARITY" | "VECTOR_SIMILARITY";

export interface PathStep {
  readonly from: EntityId;
  readonly to: EntityId;
  readonly kind: StepKind;
  /** Null unless `kind` is TRIPLE. */
  readonly relationId: RelationId | null;
  /** OUT: walked from head to tail; IN: from tail to head; BOTH: the step has no direction. */
  readonly direction: "OUT" | "IN" | "BOTH";
  /** The very triple walked; null unless `kind` is TRIPLE. */
  readonly tripleId: TripleId | null;
  /** This hop's factor in the path's mass. */
  readonly weight: number;
}

/** One path from an item of the history to the scored item, with its share of the score. */
export interface Evidence {
  readonly component: ComponentKind;
  /** Name of the vector set, of evidence that comes from one. */
  readonly vectors: string | null;
  /** Made when they are first asked for: of all the paths that are kept, few are shown. */
  readonly steps: readonly PathStep[];
  /** |contribution| as a share over all evidence of the item, 0..1. */
  readonly attention: number;
  /** Signed part of the score. */
  readonly contribution: number;
  /** Change of the score were this path gone, other things frozen. */
  readonly deltaIfRemoved: number;
  /** What the user's wish for less has left of the path's mass, 0..1; 1 where there is none. It is in `contribution`. */
  readonly damping: number;
}

export interface ScoreComponent {
  readonly kind: ComponentKind;
  /** Name of the vector set, of a component that has one. */
  readonly vectors: string | null;
  /** Name of the booster, where `kind` is BOOST. */
  readonly booster?: string | null;
  /** Learned fusion weight: what the first piece of its evidence is worth per mass, mean over its groups. */
  readonly weight: number;
  readonly value: number;
  /** Part carried by evidence beyond the kept limit, or by none that a path can name (popularity). */
  readonly otherEvidence: number;
  readonly otherEvidenceCount: number;
}

/** A scored item whose parts add up to its score. */
export interface ScoredItem {
  readonly item: EntityId;
  readonly score: number;
  readonly bias: number;
  readonly components: readonly ScoreComponent[];
  /** Strongest |contribution| first, over all components. */
  readonly evidence: readonly Evidence[];
  /** Share of Σ|parts of the score| that named evidence carries, 0..1. */
  readonly explainedFraction: number;
  /** What each triple of the item itself carries over all paths, kept or not; strongest first. */
  readonly ownTriples: readonly OwnTriple[];
}

/** A triple of the scored item. */
export interface OwnTriple {
  readonly tripleId: TripleId;
  /** Sum over its paths. */
  readonly contribution: number;
  /** The item's score without this triple and all that stand before it. */
  readonly scoreWithout: number;
}

/** One item of a user's history, newest first. */
export interface HistoryItem {
  readonly item: EntityId;
  readonly kind: string;
  readonly weight: number;
  readonly at: Date | null;
}

/** What a user wants less of, in indices of the graph; −1 stands for any. An entity, a relation, or one at the other. */
export interface DampedReason {
  readonly entity: number;
  readonly relation: number;
  /** What is left of the mass of its paths, 0..1. */
  readonly factor: number;
}

/** What identifies the model behind an answer. */
export interface ModelInfo {
  readonly id: string;
  readonly digest: string;
  readonly configDigest: string;
  readonly config: { readonly [key: string]: unknown };
  readonly dataRevision: Revision;
  readonly metrics: { readonly [key: string]: number };
  readonly createdAt: Date;
}
