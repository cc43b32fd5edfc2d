import { fitsType, opennessOf } from "../fitsType.ts";
import type { Gazetteer } from "../Gazetteer.ts";
import type { ExtractedEnd, Mention, UnknownName } from "../types.ts";

/** A name that the graph knows, or one that it does not. */
export type Name = Mention | UnknownName;

/** What a name is at one end of a relation. */
export interface Filling extends ExtractedEnd {
  /** Share among what the name may mean there. */
  readonly confidence: number;
}

/**
 * Gives what a name means where one of `types` is expected (null: any), null where it means nothing fit. In
 * small letters only words of a closed list, such as genres, are names.
 */
export function fillingOf(name: Name, types: readonly string[] | null, gazetteer: Gazetteer): Filling | null {
  if (!("candidates" in name)) {
    const type = types?.find((one) => fitsType(name, one, gazetteer));
    return type === undefined ? null : { key: null, name: name.quote, type, confidence: 1 };
  }
  const fit = name.candidates.filter(
    ({ entity: { type } }) =>
      (types === null || types.includes(type)) && (name.asName || opennessOf(type, gazetteer) === "CLOSED"),
  );
  if (fit.length === 0) return null;
  const total = fit.reduce((sum, { confidence }) => sum + confidence, 0);
  const [{ entity, confidence }] = fit;
  return { key: entity.key, name: entity.name, type: entity.type, confidence: confidence / total };
}
