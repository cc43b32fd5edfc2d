import type { Database } from "../database.ts";
import type { Graph, Revision } from "../types.ts";
import { LiveGraph } from "./LiveGraph.ts";

export interface SnapshotStats {
  readonly revision: Revision;
  /** When the newest change became visible here. */
  readonly appliedAt: Date;
  /** Full loads after the first. */
  readonly reloads: number;
  /** From the opening of the newest change in Postgres to its being visible here, by the two machines' clocks. */
  readonly stalenessMs: number;
  /** Bytes in typed arrays. */
  readonly bytes: number;
  /** Whether the notices of Postgres arrive; if not, it is connecting again. */
  readonly connected: boolean;
  /** Why the last attempt to catch up failed; null once one succeeds. */
  readonly problem: string | null;
}

/** The graph in memory, kept as Postgres has it. */
export interface LiveSnapshot {
  /** Read it anew for each request: a reload puts another in its place, with other indices. */
  readonly graph: Graph;
  /**
   * Resolves once the graph is at `revision` or newer.
   * @throws {DomainError} BAD_USER_INPUT where `revision` is none, UNAVAILABLE where it takes over `timeoutMs`
   */
  waitFor(revision: Revision, timeoutMs: number): Promise<void>;
  /** Calls back when another model becomes the active one; compared with the one active on opening. */
  onModelChange(callback: (modelId: string) => void): void;
  /** Calls back when vectors of entities were written, or a set of them was deleted. */
  onVectorsChange(callback: () => void): void;
  /** Calls back after each change; `reloaded` where the graph is a new one and indices have moved. */
  onChange(callback: (graph: Graph, reloaded: boolean) => void): void;
  readonly stats: SnapshotStats;
  close(): Promise<void>;
}

export interface LiveOptions {
  /** How often the revision is compared besides the notices. */
  readonly pollMs?: number;
  /** More changed rows than this are not applied one by one: the graph is loaded anew. */
  readonly reloadAbove?: number;
}

/**
 * Loads the graph and keeps it fresh: each committed change is applied in place within milliseconds of its notice.
 * A lost connection is opened again and what was missed is read; a poll finds what no notice told.
 */
export async function openLiveSnapshot(db: Database, options: LiveOptions = {}): Promise<LiveSnapshot> {
  return LiveGraph.open(db, options);
}
