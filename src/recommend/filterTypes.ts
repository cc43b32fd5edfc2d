import type { RelatedTo } from "../kg/types.ts";

export type Scalar = string | number | boolean;

/** A condition on one attribute; of a list any value may meet it. All that is given must hold. */
export interface AttributeFilter {
  readonly name: string;
  readonly equals?: Scalar | null;
  readonly in?: readonly Scalar[] | null;
  /** At least: numbers by size, texts by their characters, so ISO 8601 by time. */
  readonly from?: Scalar | null;
  /** At most. */
  readonly to?: Scalar | null;
  /** Whether there is a value. */
  readonly exists?: boolean | null;
}

/** Filter as the API gives it: keys, not ids. All that is given must hold. */
export interface ItemFilter {
  readonly types?: readonly string[] | null;
  readonly keys?: readonly string[] | null;
  readonly has?: readonly RelatedTo[] | null;
  readonly hasNot?: readonly RelatedTo[] | null;
  readonly exclude?: readonly string[] | null;
  readonly attributes?: readonly AttributeFilter[] | null;
  readonly minConfidence?: number | null;
  readonly and?: readonly ItemFilter[] | null;
  readonly or?: readonly ItemFilter[] | null;
  readonly not?: ItemFilter | null;
}

/** Adds `amount` to the score of each item that passes `filter`: a part of its own in the explanation. */
export interface Booster {
  readonly name: string;
  readonly filter: ItemFilter;
  /** In units of the score, negative to push back. */
  readonly amount: number;
}
