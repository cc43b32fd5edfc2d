import type { Relation } from "../../kg/types.ts";
import type { NamedEntity } from "../types.ts";

/** One hop: OUT from head to tail, IN from tail to head; `to` is the type that it reaches, null where any. */
export interface FormStep {
  readonly relation: Relation;
  readonly direction: "OUT" | "IN";
  readonly to: string | null;
}

/** The hops from one entity that the question names. */
export interface Chain {
  readonly anchor: NamedEntity;
  readonly steps: readonly FormStep[];
}

/**
 * What a question means: all that every chain reaches and, where there is a last step, what that reaches from
 * there. "Which directors made musicals in the 2000s?" is two chains to films, and a last step to people.
 */
export interface LogicalForm {
  readonly chains: readonly Chain[];
  readonly last: FormStep | null;
}
