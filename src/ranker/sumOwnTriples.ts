import type { PathTable } from "./PathTable.ts";
import { fuse } from "./score.ts";
import type { Signals } from "./signals.ts";
import type { OwnTriple } from "./types.ts";

/** What the item's own triples carry over all their paths, and what is left of the score as they go, strongest first. */
export function sumOwnTriples(signals: Signals, masses: Float64Array, paths: PathTable): OwnTriple[] {
  const { meetings } = paths;
  const carried = new Float64Array(meetings.count);
  const walked = new Uint8Array(meetings.count);
  for (let row = 0; row < paths.count; row++) {
    const meeting = paths.meeting[row];
    if (meeting < 0) continue;
    carried[meeting] += paths.contribution[row];
    walked[meeting] = 1;
  }
  const sums = new Map<number, { contribution: number; readonly rows: number[] }>();
  for (let row = 0; row < meetings.count; row++) {
    if (walked[row] === 0) continue;
    const triple = meetings.tripleAt(row);
    const sum = sums.get(triple);
    if (!sum) sums.set(triple, { contribution: carried[row], rows: [row] });
    else {
      sum.contribution += carried[row];
      sum.rows.push(row);
    }
  }
  const left = masses.slice();
  return [...sums]
    .sort((a, b) => b[1].contribution - a[1].contribution || a[0] - b[0])
    .map(([triple, { contribution, rows }]) => {
      for (const row of rows) left[meetings.group[row]] -= meetings.mass[row];
      return { tripleId: String(triple), contribution, scoreWithout: fuse(signals, left) };
    });
}
