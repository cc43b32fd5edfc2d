import type { Context } from "../context.ts";
import type { Revision } from "../kg/types.ts";
import type { AsOfInput } from "../schema/inputs/AsOfInput.ts";

/** How each field says that it may be read as of a moment. */
export const asOfArg = {
  nullable: true,
  description:
    "Read as it was then, and what it leads to by `triples`, `head`, `relation` and `tail`; its other fields are of now.",
} as const;

/**
 * Finds the revision that an argument names.
 * @throws {DomainError} BAD_USER_INPUT for a malformed revision, or one that is still to come
 */
export function revisionOf({ revision, at }: AsOfInput, { past }: Context): Promise<Revision> {
  return past.findRevision(at != null ? { at } : { revision: revision ?? "" }); // @oneOf: exactly one is set
}
