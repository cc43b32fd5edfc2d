import type { Database } from "../database.ts";
import type { ChangeRow, Graph, Revision } from "../types.ts";
import { ChangeFeed } from "./ChangeFeed.ts";
import { loadSnapshot } from "./loadSnapshot.ts";
import type { LiveOptions, LiveSnapshot, Notice, SnapshotStats } from "./openLiveSnapshot.ts";
import { POLL, type Polled } from "./poll.ts";
import { RevisionWaiters } from "./RevisionWaiters.ts";
import { NOT_IN_DICTIONARY, readChanges } from "./readChanges.ts";
import { revisionNumber } from "./revisionNumber.ts";
import type { Snapshot } from "./Snapshot.ts";

/** A connection that died without a word is found out by the polls that it does not answer. */
const SILENT_POLLS = 2.5;

/** A timer does not see a clock that is set, nor a turn that an edit brings nearer. */
const LONGEST_NAP_MS = 1_000;

/** A snapshot with its change feed; see `openLiveSnapshot`. */
export class LiveGraph implements LiveSnapshot {
  readonly #waiters = new RevisionWaiters(() => this.#snapshot.revision);
  readonly #feed: ChangeFeed;
  readonly #onChange: ((graph: Graph, reloaded: boolean) => void)[] = [];
  readonly #onModelChange: ((modelId: string) => void)[] = [];
  readonly #onVectorsChange: (() => void)[] = [];
  readonly #onNotice: ((notice: Notice | null) => void)[] = [];
  readonly #reloadAbove: number;
  readonly #pollMs: number;
  readonly #dictionary: number;
  readonly #clock: () => number;
  #snapshot!: Snapshot;
  #model: string | null = null;
  #vectors: string | null = null;
  #poll: NodeJS.Timeout | null = null;
  #turn: NodeJS.Timeout | null = null;
  #catchingUp: Promise<void> | null = null;
  #behind = false;
  #closed = false;
  #appliedAt = new Date();
  #stalenessMs = 0;
  #reloads = 0;
  #problem: string | null = null;
  /** The newest revision that was committed here. */
  #expected = 0n;
  /** When Postgres last told of its revision. */
  #heardAt = Number.NEGATIVE_INFINITY;
  #answeredAt = performance.now();
  #known: Revision = "0";

  private constructor(
    private readonly db: Database,
    { reloadAbove = 20_000, clock = Date.now, pollMs = 1_000, dictionary = 0 }: LiveOptions,
  ) {
    this.#reloadAbove = reloadAbove;
    this.#pollMs = pollMs;
    this.#dictionary = dictionary;
    this.#clock = clock;
    this.#feed = new ChangeFeed(db, {
      onNotice: (payload) => this.#notice(payload),
      onListening: () => {
        this.#heardAt = Number.NEGATIVE_INFINITY; // until the revision has been compared
        this.#tell(null);
        void this.#check();
      },
    });
  }

  static async open(db: Database, options: LiveOptions): Promise<LiveGraph> {
    const live = new LiveGraph(db, options);
    live.#snapshot = await live.#load();
    await live.#feed.open(); // what was committed between the two is read on `onListening`
    try {
      const [{ model, vectors }] = await live.#feed.query<Polled>(POLL);
      live.#model = model;
      live.#vectors = vectors;
      await live.#catchUp();
      live.#heardAt = performance.now();
    } catch (error) {
      await live.close();
      throw error;
    }
    live.#poll = setInterval(() => void live.#check(), live.#pollMs);
    live.#watchTime();
    return live;
  }

  get graph(): Graph {
    this.#moveTime();
    return this.#snapshot;
  }

  get fresh(): Snapshot | null {
    const { connected } = this.#feed;
    if (!connected || this.#catchingUp !== null || this.#problem !== null) return null;
    if (this.#expected > revisionNumber(this.#snapshot.revision)) return null;
    if (performance.now() - this.#heardAt > SILENT_POLLS * this.#pollMs) return null;
    return this.#snapshot;
  }

  expect(revision: Revision): void {
    const wanted = BigInt(revision);
    if (wanted > this.#expected) this.#expected = wanted;
  }

  get at(): number {
    return this.#snapshot.at;
  }

  fork(): Snapshot {
    this.#moveTime();
    return this.#snapshot.fork();
  }

  get connected(): boolean {
    return this.#feed.connected;
  }

  get stats(): SnapshotStats {
    return {
      revision: this.#snapshot.revision,
      appliedAt: this.#appliedAt,
      reloads: this.#reloads,
      stalenessMs: this.#stalenessMs,
      bytes: this.#snapshot.bytes,
      known: this.#known,
      unheardMs: performance.now() - this.#answeredAt,
      away: this.#feed.failure,
      connected: this.#feed.connected,
      problem: this.#problem,
    };
  }

  waitFor(revision: Revision, timeoutMs: number): Promise<void> {
    return this.#waiters.wait(revision, timeoutMs);
  }

  onChange(callback: (graph: Graph, reloaded: boolean) => void): void {
    this.#onChange.push(callback);
  }

  onModelChange(callback: (modelId: string) => void): void {
    this.#onModelChange.push(callback);
  }

  onVectorsChange(callback: () => void): void {
    this.#onVectorsChange.push(callback);
  }

  onNotice(callback: (notice: Notice | null) => void): void {
    this.#onNotice.push(callback);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#turn) clearTimeout(this.#turn);
    if (this.#poll) clearInterval(this.#poll);
    this.#waiters.close();
    await this.#feed.close();
    await this.#catchingUp?.catch(() => undefined);
  }

  #notice(payload: string): void {
    const notice = parseNotice(payload);
    this.#tell(notice);
    if (notice.model !== undefined || notice.vectors !== undefined) void this.#check();
    if (notice.revision !== undefined) void this.#catchUp().catch(() => undefined); // kept in `problem`; polled again
  }

  /** Compares revision, model and vectors with Postgres: what a lost connection or a missed notice left out. */
  async #check(): Promise<void> {
    if (!this.#feed.connected || this.#closed) return;
    try {
      const asked = performance.now();
      const [{ revision, model, vectors }] = await this.#feed.query<Polled>(POLL);
      this.#answeredAt = asked;
      this.#known = revision;
      if (model !== null) this.#setModel(model);
      if (revision !== this.#snapshot.revision) await this.#catchUp();
      this.#setVectors(vectors);
      this.#heardAt = asked;
    } catch {
      // The connection is lost and being opened again, or `problem` says what failed; the next poll tries again.
    }
  }

  #tell(notice: Notice | null): void {
    for (const callback of this.#onNotice) callback(notice);
  }

  /** Lets the triples in whose validity has begun, and those out whose has ended. */
  #moveTime(): void {
    const now = this.#clock();
    if (now < this.#snapshot.nextTurn && now >= this.#snapshot.at) return;
    if (this.#snapshot.moveTo(now)) for (const callback of this.#onChange) callback(this.#snapshot, false);
  }

  /** Callers of `onChange` hear of a turn also where nobody reads the graph. */
  #watchTime(): void {
    if (this.#closed) return;
    this.#moveTime();
    const wait = Math.min(Math.max(1, this.#snapshot.nextTurn - this.#clock()), LONGEST_NAP_MS);
    this.#turn = setTimeout(() => this.#watchTime(), wait);
    this.#turn.unref();
  }

  #setModel(model: string): void {
    if (model === this.#model) return;
    this.#model = model;
    for (const callback of this.#onModelChange) callback(model);
  }

  #setVectors(vectors: string | null): void {
    if (vectors === this.#vectors) return;
    this.#vectors = vectors;
    for (const callback of this.#onVectorsChange) callback();
  }

  /** Applies what is committed; one run at a time, and once more where a notice came meanwhile. */
  #catchUp(): Promise<void> {
    this.#behind = true;
    this.#catchingUp ??= this.#advanceAll().finally(() => {
      this.#catchingUp = null;
    });
    return this.#catchingUp;
  }

  async #advanceAll(): Promise<void> {
    try {
      while (this.#behind && !this.#closed) {
        this.#behind = false;
        await this.#advance();
      }
      this.#problem = null;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }

  async #advance(): Promise<void> {
    const current = this.#snapshot.revision;
    const { revision, at, rows } = await readChanges(
      (sql, parameters) => this.#feed.query(sql, parameters),
      current,
      {
        limit: this.#reloadAbove,
        without: this.#snapshot.dictionary ? NOT_IN_DICTIONARY : undefined,
      },
    );
    if (this.#closed || revision === current) return;
    // A lower revision is another history: the database was restored.
    const reload =
      rows.length > this.#reloadAbove || BigInt(revision) < BigInt(current) || !this.#apply(rows, revision);
    if (reload) await this.#reload();
    this.#appliedAt = new Date();
    if (at !== null) this.#stalenessMs = Math.max(0, this.#appliedAt.getTime() - at);
    this.#waiters.settle();
    for (const callback of this.#onChange) callback(this.#snapshot, reload);
  }

  #apply(rows: readonly ChangeRow[], revision: Revision): boolean {
    try {
      return this.#snapshot.apply(rows, revision);
    } catch (error) {
      if (error instanceof RangeError) return false; // the snapshot does not fit the change: load it anew
      throw error;
    }
  }

  #load(): Promise<Snapshot> {
    return loadSnapshot(this.db, { at: this.#clock(), dictionary: this.#dictionary });
  }

  async #reload(): Promise<void> {
    const { revision } = this.#snapshot;
    this.#snapshot = await this.#load();
    if (BigInt(this.#snapshot.revision) < BigInt(revision)) this.#expected = 0n; // another history
    this.#reloads++;
    this.#behind = true; // more may have been committed since
  }
}

/** Any session may notify: a payload that is not ours asks for a look, no more. */
function parseNotice(payload: string): Notice {
  try {
    return JSON.parse(payload) ?? {};
  } catch {
    return { revision: payload };
  }
}
