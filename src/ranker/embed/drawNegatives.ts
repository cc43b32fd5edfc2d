import type { Random } from "../random.ts";
import type { KnownTriples } from "./KnownTriples.ts";
import type { ObservedEnds } from "./observedEnds.ts";
import type { Side } from "./types.ts";

const TRIES = 8; // a hub may have nearly all answers; then a known one is let through

/** What wrong answers are drawn from. */
export interface NegativeSource {
  /** E */
  readonly entities: number;
  /** Share drawn from the entities seen at that end of the relation, 0..1; the rest from all. */
  readonly share: number;
  readonly observed: ObservedEnds;
  /** Triples that are no negatives; null where any may be. */
  readonly known: KnownTriples | null;
  readonly random: Random;
}

/** Draws wrong answers to (head, relation, ?) or (?, relation, tail) into `out`; one may come twice. */
export function drawNegatives(
  { entities, share, observed, known, random }: NegativeSource,
  { side, entity, relation }: { readonly side: Side; readonly entity: number; readonly relation: number },
  out: Int32Array,
): void {
  const ends = observed(side, relation);
  const near = Math.round(share * out.length);
  for (let at = 0; at < out.length; at++) {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const drawn =
        at < near && attempt < TRIES / 2 ? ends[random.below(ends.length)] : random.below(entities);
      out[at] = drawn;
      if (!known) break;
      const isKnown =
        side === "TAIL" ? known.has(entity, relation, drawn) : known.has(drawn, relation, entity);
      if (!isKnown) break;
    }
  }
}
