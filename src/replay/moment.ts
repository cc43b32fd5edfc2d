import { DomainError } from "../errors.ts";
import type { Revision } from "../kg/types.ts";

/** What an answer was made from. */
export interface Moment {
  readonly revision: Revision;
  readonly model: string;
  /** The time within whose validities triples were walked, in milliseconds. */
  readonly at: number;
  /** Versions of the vector sets that the model was bound with. */
  readonly vectors: string | null;
  /** What Postgres saw when the history was read; null where there was none. */
  readonly history: {
    readonly seen: string;
    readonly revision: Revision;
    readonly items: number;
    /** How many wishes; 0 where absent. */
    readonly wishes?: number;
  } | null;
  /** Version of the scenario; absent where none was named. */
  readonly scenario?: number;
  /** What the fallback chain counted; absent where it counted nothing. */
  readonly trends?: { readonly seen: string; readonly until: number } | null;
  /** The same of the co-interactions since the training. */
  readonly live: { readonly seen: string; readonly users: number; readonly entries: number };
}

const VERSION = 1;
const SNAPSHOT = /^\d{1,20}:\d{1,20}:(\d{1,20}(,\d{1,20})*)?$/;
const NUMBER = /^\d{1,18}$/;

/** Packs a moment; opaque to clients. */
export function packMoment(moment: Moment): string {
  return Buffer.from(JSON.stringify([VERSION, moment])).toString("base64url");
}

/** Reads what `packMoment` packed. @throws {DomainError} BAD_USER_INPUT for anything else */
export function readMoment(text: string): Moment {
  try {
    const [version, moment] = JSON.parse(Buffer.from(text, "base64url").toString());
    if (version === VERSION && isMoment(moment)) return moment;
  } catch {
    // falls through to the one message for whatever is wrong with it
  }
  const shown = JSON.stringify(text.slice(0, 40));
  throw new DomainError("BAD_USER_INPUT", `moment is ${shown}; expected the moment of an earlier answer`);
}

function isMoment({ revision, model, at, history, live, trends, scenario }: Moment): boolean {
  if (trends && !(SNAPSHOT.test(trends.seen) && Number.isFinite(trends.until))) return false;
  if (scenario !== undefined && !Number.isSafeInteger(scenario)) return false;
  return (
    [revision, model, ...(history ? [history.revision] : [])].every((text) => NUMBER.test(text)) &&
    Number.isFinite(at) &&
    [live.seen, ...(history ? [history.seen] : [])].every((text) => SNAPSHOT.test(text))
  );
}
