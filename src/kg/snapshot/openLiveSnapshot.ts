import type { Database } from "../database.ts";
import type { Graph, Revision } from "../types.ts";
import { LiveGraph } from "./LiveGraph.ts";
import type { Snapshot } from "./Snapshot.ts";

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
  /** The newest revision that Postgres has told of. */
  readonly known: Revision;
  /** Milliseconds since Postgres last told its revision. */
  readonly unheardMs: number;
  /** Why Postgres cannot be reached; null where it can, or the connection was just lost. */
  readonly away: string | null;
  /** Whether the notices of Postgres arrive; if not, it is connecting again. */
  readonly connected: boolean;
  /** Why the last attempt to catch up failed; null once one succeeds. */
  readonly problem: string | null;
}

/** What a notice is about; anything else in it is not ours. */
export interface Notice {
  readonly keys?: unknown;
  readonly revision?: unknown;
  readonly model?: unknown;
  readonly vectors?: unknown;
  readonly interactions?: unknown;
  readonly feedback?: unknown;
  readonly job?: unknown;
}

/** The graph in memory, kept as Postgres has it. */
export interface LiveSnapshot {
  /** Read it anew for each request: a reload puts another in its place, with other indices. */
  readonly graph: Graph;
  /**
   * The snapshot, if it is known to be as Postgres has it; null while it loads or catches up, when the connection
   * is lost or silent, and until it holds what was committed here.
   */
  readonly fresh: Snapshot | null;
  /** Tells of a revision that was committed here: `fresh` is null until the snapshot holds it. */
  expect(revision: Revision): void;
  /** The moment within whose validities its triples are, in milliseconds. */
  readonly at: number;
  /**
   * The graph of now as a copy of one's own, to be edited; the live one stays as it is.
   * Cost: 11 bytes per entity, and the rows edited since the last full load.
   */
  fork(): Snapshot;
  /**
   * Resolves once the graph is at `revision` or newer.
   * @throws {DomainError} BAD_USER_INPUT where `revision` is none, UNAVAILABLE where it takes over `timeoutMs`
   */
  waitFor(revision: Revision, timeoutMs: number): Promise<void>;
  /** Calls back when another model becomes the active one; compared with the one active on opening. */
  onModelChange(callback: (modelId: string) => void): void;
  /** Calls back when vectors of entities were written, or a set of them was deleted; the graph has the entities by then. */
  onVectorsChange(callback: () => void): void;
  /**
   * Calls back after each change, and when the validity of a triple begins or ends; `reloaded` where the graph is a
   * new one and indices have moved.
   */
  onChange(callback: (graph: Graph, reloaded: boolean) => void): void;
  /** Whether the notices of Postgres arrive. */
  readonly connected: boolean;
  /** Calls back with every notice that Postgres sends, and with null where some may have been missed. */
  onNotice(callback: (notice: Notice | null) => void): void;
  readonly stats: SnapshotStats;
  close(): Promise<void>;
}

export interface LiveOptions {
  /** How often the revision is compared besides the notices. */
  readonly pollMs?: number;
  /** More changed rows than this are not applied one by one: the graph is loaded anew. */
  readonly reloadAbove?: number;
  /** Keep what entities are called too, where there are no more of them than this; none where left out. */
  readonly dictionary?: number;
  /** The moment of now in milliseconds: triples are walked within their validity. */
  readonly clock?: () => number;
}

/**
 * Loads the graph and keeps it fresh: each committed change is applied in place within milliseconds of its notice.
 * A lost connection is opened again and what was missed is read; a poll finds what no notice told.
 */
export async function openLiveSnapshot(db: Database, options: LiveOptions = {}): Promise<LiveSnapshot> {
  return LiveGraph.open(db, options);
}
