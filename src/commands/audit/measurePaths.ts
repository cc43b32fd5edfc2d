import { countCounterfactual } from "../../ranker/evaluate/faithfulness/countCounterfactual.ts";
import { countSignViolations } from "../../ranker/evaluate/faithfulness/countSignViolations.ts";
import { type Erasure, erasePaths } from "../../ranker/evaluate/faithfulness/erase.ts";
import { makeRemovable, type Removable } from "../../ranker/evaluate/faithfulness/removePaths.ts";
import { spearman } from "../../ranker/evaluate/faithfulness/spearman.ts";
import { mean } from "../../ranker/evaluate/measure.ts";
import { TOP } from "../../recommend/counterfactual.ts";
import type { AuditReport, Counterfactuals, Pair, Shares } from "./types.ts";

const COUNTS: readonly number[] = [1, 3, 5];
const FEWEST_RANKED = 3; // paths that a rank correlation needs to mean anything

type Found = Pick<
  AuditReport,
  "paths" | "signViolations" | "spearmanContribution" | "comprehensiveness" | "sufficiency" | "counterfactual"
>;

/** Asks of the paths of every pair whether what they are said to carry is what goes with them. */
export function measurePaths(pairs: readonly Pair[], random: () => number): Found {
  const erasures = new Map<number, Erasure[]>(COUNTS.map((count) => [count, []]));
  const sizes: (number | null)[] = [];
  for (const { signals, item, top, recommended } of pairs) {
    const removable = makeRemovable(signals, item);
    for (const [count, found] of erasures) {
      const erasure = erasePaths(removable, count, random);
      if (erasure) found.push(erasure);
    }
    if (recommended) sizes.push(...sizeOf(removable, top));
  }
  const evidence = pairs.map(({ scored }) => scored.evidence);
  return {
    paths: evidence.flat().length,
    signViolations: countSignViolations(evidence.flat()),
    spearmanContribution: mean(correlate(pairs)),
    comprehensiveness: share(erasures, ({ comprehensiveness }) => comprehensiveness),
    sufficiency: share(erasures, ({ sufficiency }) => sufficiency),
    counterfactual: countSizes(sizes),
  };
}

/** None where nothing would take the item's place. */
function sizeOf(removable: Removable, top: Pair["top"]): (number | null)[] {
  return top.length > TOP ? [countCounterfactual(removable, top[TOP].score)] : [];
}

function correlate(pairs: readonly Pair[]): number[] {
  return pairs
    .filter(({ scored }) => scored.evidence.length >= FEWEST_RANKED)
    .map(({ scored: { evidence } }) =>
      spearman(
        evidence.map(({ contribution }) => contribution),
        evidence.map(({ deltaIfRemoved }) => -deltaIfRemoved),
      ),
    )
    .filter((value) => !Number.isNaN(value)); // all paths alike
}

function share(
  erasures: ReadonlyMap<number, readonly Erasure[]>,
  read: (shares: Erasure["random"]) => number,
): { readonly [paths: string]: Shares } {
  return Object.fromEntries(
    [...erasures].map(([count, found]) => [
      count,
      { strongest: mean(found.map(read)), random: mean(found.map(({ random }) => read(random))) },
    ]),
  );
}

const BOUNDS: readonly (readonly [string, number])[] = [
  ["1", 1],
  ["2", 2],
  ["3", 3],
  ["4–5", 5],
  ["6–10", 10],
  ["11–50", 50],
  ["more", Number.POSITIVE_INFINITY],
];

/** Shares of the sizes by their bounds; a size of 0 is an item that stands on a tie. */
export function countSizes(sizes: readonly (number | null)[]): Counterfactuals {
  const known = sizes.filter((size) => size !== null).sort((a, b) => a - b);
  const shareOf = (count: number) => count / Math.max(1, sizes.length);
  let below = 0;
  const shares = BOUNDS.map(([name, most]) => {
    const upTo = known.filter((size) => size <= most).length;
    const inside = upTo - below;
    below = upTo;
    return [name, shareOf(inside)];
  });
  return {
    pairs: sizes.length,
    sizes: { ...Object.fromEntries(shares), none: shareOf(sizes.length - known.length) },
    median: known.length > 0 ? known[Math.floor((known.length - 1) / 2)] : Number.NaN,
  };
}
