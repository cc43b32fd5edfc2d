import { listPaths } from "../../listPaths.ts";
import type { RawPath } from "../../PathTable.ts";
import { fillMasses, fuse, makeMasses } from "../../score.ts";
import type { Signals } from "../../signals.ts";
import { dotRow, rowAt } from "../../spaces.ts";

/** The paths of one scored item, and its score without some of them. */
export interface Removable {
  /** Strongest |contribution| first: the order of the evidence. */
  readonly paths: readonly RawPath[];
  readonly score: number;
  /** The score without these paths, other things frozen: masses go, then each group's shape is taken anew. */
  without(gone: readonly RawPath[]): number;
}

/** Makes the paths of `item` removable: what an explanation says of one path is here asked of any set of them. */
export function makeRemovable(signals: Signals, item: number): Removable {
  const masses = makeMasses(signals);
  fillMasses(signals, item, masses);
  const paths = listPaths(signals, item, masses).list();
  paths.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  return {
    paths,
    score: fuse(signals, masses),
    without(gone) {
      const left = masses.slice();
      for (const path of gone) subtractPath(signals, item, path, left);
      return fuse(signals, left);
    },
  };
}

/** Takes what a path carries out of the masses; a path of behaviour has a part in several groups. */
function subtractPath(signals: Signals, item: number, path: RawPath, left: Float64Array): void {
  const { firstSpace } = signals.model.layout;
  if (path.meeting) left[path.meeting.group] -= path.mass;
  else if (path.component !== "BEHAVIOUR") left[firstSpace + path.space] -= path.mass;
  else subtractBehaviour(signals, item, path.place, left);
}

function subtractBehaviour(signals: Signals, item: number, place: number, left: Float64Array): void {
  const { model, history, behaviour, spaces } = signals;
  model.sources.forEach((source, at) => {
    left[at] -= behaviour[at][place] * source.similarityOf(history[place], item);
  });
  model.spaces.forEach(({ kind, dim, from, to, rowOf }, at) => {
    const [start, end] = [rowOf(history[place]), rowOf(item)];
    if (kind !== "BEHAVIOUR" || start < 0 || end < 0) return;
    left[model.layout.firstSpace + at] -=
      spaces[at].mass[place] * dotRow(rowAt(to, end, dim), from, start, dim);
  });
}
