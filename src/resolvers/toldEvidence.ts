import type { EntityId } from "../kg/types.ts";
import type { Evidence, HistoryItem } from "../ranker/types.ts";
import { MAX_EVIDENCE } from "../schema/limits.ts";
import { Told } from "../sentence/Told.ts";
import type { ToldEvidence } from "../sentence/types.ts";
import { boundedCount } from "./boundedCount.ts";

interface Explained {
  readonly evidence: readonly Evidence[];
  readonly history: ReadonlyMap<EntityId, HistoryItem>;
}

/** Gives the strongest `first` pieces of evidence, each with the history that its sentence needs. */
export function toldEvidence(
  { evidence, history }: Explained,
  first: number | null | undefined,
  fallback: number,
): ToldEvidence[] {
  const count = boundedCount(first, { fallback, most: MAX_EVIDENCE });
  return evidence.slice(0, count).map((piece) => new Told(piece, history));
}
