import type { Revision } from "../../types.ts";
import { FIRST_PREVIOUS, hashChange, type LoggedRow, RowsDigest } from "./hashChange.ts";
import type { ChainedChange } from "./readLog.ts";

/** The first place where the log is not what was written. */
export interface BrokenLink {
  readonly revision: Revision;
  /**
   * GAP: the change is missing. UNHASHED: its hash is missing. CONTENT: the change or its rows are not those that were
   * hashed. HASH: its hash was altered. ORPHAN: rows that belong to no change.
   */
  readonly kind: "GAP" | "UNHASHED" | "CONTENT" | "HASH" | "ORPHAN";
  readonly message: string;
}

export interface ChainReport {
  /** Changes and rows that were read up to the end or the first broken link. */
  readonly changes: number;
  readonly rows: number;
  /** Newest change and its hash: kept elsewhere, they show later that the log was not cut off or written anew. */
  readonly head: { readonly revision: Revision; readonly hash: string } | null;
  readonly broken: BrokenLink | null;
}

interface Log {
  readonly changes: AsyncIterable<ChainedChange>;
  readonly rows: AsyncIterable<LoggedRow>;
  /** What the graph says its newest revision is. */
  readonly revision: Revision;
}

/** A link whose hash does not fit its content; the next change tells which of the two was altered. */
interface Suspect {
  readonly revision: Revision;
  readonly computed: string;
  readonly stored: string;
}

/** Computes each hash of the log anew and finds the first broken link; in constant memory, one pass. */
export async function verifyChain({ changes, rows, revision }: Log): Promise<ChainReport> {
  const reader = new RowReader(rows);
  const state = { changes: 0, head: null as ChainReport["head"] };
  const report = (broken: BrokenLink | null): ChainReport => ({ ...state, rows: reader.count, broken });
  let suspect: Suspect | null = null;
  for await (const change of changes) {
    const expected = String(state.changes + 1);
    const digest = await reader.digestOf(change.revision);
    if (suspect) return report(judge(suspect, change, digest));
    const broken = findFault(change, expected, reader.orphan);
    if (broken) return report(broken);
    const computed = hashChange(change, state.head?.hash ?? FIRST_PREVIOUS, digest);
    state.changes++;
    if (computed !== change.hash) {
      suspect = { revision: change.revision, computed, stored: change.hash! };
    }
    state.head = { revision: change.revision, hash: change.hash! };
  }
  if (suspect) return report(judge(suspect, null, ""));
  const last = state.head?.revision ?? "0";
  const left = await reader.findLeft();
  if (left) return report(orphan(left));
  return report(last === revision ? null : cutOff(last, revision));
}

function findFault(change: ChainedChange, expected: Revision, stray: Revision | null): BrokenLink | null {
  const { revision, kind, hash } = change;
  if (BigInt(revision) > BigInt(expected)) {
    const message = `change ${expected} is missing: the log goes on with change ${revision}`;
    return { revision: expected, kind: "GAP", message };
  }
  if (BigInt(revision) < BigInt(expected)) {
    const message = `change ${revision} comes before the first; expected change ${expected}`;
    return { revision, kind: "GAP", message };
  }
  if (stray !== null) return orphan(stray);
  if (kind === null) {
    return { revision, kind: "GAP", message: `change ${revision} is missing: only its hash is left` };
  }
  if (hash !== null) return null;
  return { revision, kind: "UNHASHED", message: `change ${revision} has no hash` };
}

/** Tells by the change that follows whether a content or a hash was altered: it was chained to the true hash. */
function judge(suspect: Suspect, next: ChainedChange | null, digest: string): BrokenLink {
  const { revision, computed, stored } = suspect;
  const hashes = `its content gives ${computed}, its hash is ${stored}`;
  const fits = (previous: string) => next !== null && hashChange(next, previous, digest) === next.hash;
  if (fits(computed)) {
    const message = `the hash of change ${revision} was altered: ${hashes}, and change ${next!.revision} was chained to the former`;
    return { revision, kind: "HASH", message };
  }
  const proven = fits(stored) ? `, and change ${next!.revision} was chained to the latter` : "";
  return {
    ...{ revision, kind: "CONTENT" },
    message: `change ${revision} or its rows were altered: ${hashes}${proven}`,
  };
}

function orphan(revision: Revision): BrokenLink {
  return {
    revision,
    kind: "ORPHAN",
    message: `there are rows of change ${revision}, which is not in the log`,
  };
}

function cutOff(last: Revision, revision: Revision): BrokenLink {
  const missing = String(BigInt(last) + 1n);
  const message = `change ${missing} is missing: the log ends with change ${last}, the graph is at revision ${revision}`;
  return { revision: missing, kind: "GAP", message };
}

/** Walks the rows beside the changes. */
class RowReader {
  readonly #rows: AsyncIterator<LoggedRow>;
  #next: LoggedRow | null | undefined;
  count = 0;
  /** Revision of the first row that no change claimed. */
  orphan: Revision | null = null;

  constructor(rows: AsyncIterable<LoggedRow>) {
    this.#rows = rows[Symbol.asyncIterator]();
  }

  /** Digest of the rows of a change; rows of lower revisions, which no change claimed, are orphans. */
  async digestOf(revision: Revision): Promise<string> {
    const digest = new RowsDigest();
    for (;;) {
      const row = await this.#peek();
      if (row === null || BigInt(row.revision) > BigInt(revision)) return digest.finish();
      if (row.revision === revision) digest.add(row);
      else this.orphan ??= row.revision;
      this.#next = undefined;
      this.count++;
    }
  }

  /** Revision of the first row behind the last change. */
  async findLeft(): Promise<Revision | null> {
    return (await this.#peek())?.revision ?? null;
  }

  async #peek(): Promise<LoggedRow | null> {
    if (this.#next === undefined) {
      const { value, done } = await this.#rows.next();
      this.#next = done ? null : value;
    }
    return this.#next!;
  }
}
