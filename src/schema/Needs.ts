import { Extensions } from "type-graphql";
import type { Scope } from "../access/types.ts";

/** Arguments of a field as they are coerced; who declares a need knows their types. */
type OfArguments<T> = (args: never) => T;

/** What a field needs of the viewer. */
export interface Need {
  /** One of these; nothing where it is empty. */
  readonly scopes: readonly Scope[];
  /** A further scope that some arguments need, and which ones in words. */
  readonly also?: readonly [scope: Scope, told: string, when: OfArguments<boolean>];
  /** The users that the arguments speak of; absent ones count for nothing. A viewer may be kept to some. */
  readonly users?: OfArguments<readonly (string | null | undefined)[] | "all">;
  /** What the description says in place of the scopes. */
  readonly told?: string;
}

/** Name of a need among the extensions of a field. */
export const NEED = "need";

/**
 * Declares what a field needs, beside the field. Each root field must say so, others where they need more than what
 * leads to them. `guardFields` enforces it and adds it to the description.
 */
export function Needs(
  scopes: Scope | readonly Scope[],
  more: Omit<Need, "scopes"> = {},
): MethodDecorator & PropertyDecorator {
  const need: Need = { scopes: typeof scopes === "string" ? [scopes] : scopes, ...more };
  return Extensions({ [NEED]: need });
}

/** The users that an argument `user` speaks of. */
export function userOf({ user }: { readonly user?: string | null }): readonly (string | null | undefined)[] {
  return [user];
}
