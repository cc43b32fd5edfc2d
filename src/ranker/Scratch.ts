import { Marks } from "./Marks.ts";
import { MeetingTable } from "./MeetingTable.ts";
import { PathTable } from "./PathTable.ts";
import { RowIndex } from "./RowIndex.ts";
import { SpreadAdder } from "./Spread.ts";

/**
 * Arrays over all entities of a graph that one request after another works in, so that none has to allocate or empty its
 * own. They belong to a bound model; what uses them is synchronous, and finds out where another has used them since.
 */
export class Scratch {
  /** Sums of what each behaviour source says, [S]. */
  readonly spreads: readonly SpreadAdder[];
  /** Sums of what the history's neighbours are, see `findReached`. */
  readonly reach: SpreadAdder;
  /** Where entities stand in the hops of a history. */
  readonly rows: RowIndex;
  /** What `findCandidates` has met. */
  readonly met: Marks;
  /** What `findMeetings` fills, again and again. */
  readonly meetings = new MeetingTable();
  /** What `listPaths` fills, again and again. */
  readonly paths = new PathTable(this.meetings);

  constructor(size: number, sources: number) {
    this.spreads = Array.from({ length: sources }, () => new SpreadAdder(size));
    this.reach = new SpreadAdder(size);
    this.rows = new RowIndex(size);
    this.met = new Marks(size);
  }
}
