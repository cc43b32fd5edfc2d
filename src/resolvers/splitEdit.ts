import type { Viewer } from "../context.ts";
import type { EditOptions } from "../kg/types.ts";
import type { EditInput } from "../schema/inputs/EditInput.ts";

/** Splits an input into what is edited and how; the viewer is the actor. */
export function splitEdit<T extends EditInput>(
  input: T,
  viewer: Viewer,
): [Omit<T, keyof EditInput>, EditOptions] {
  const { reason, dryRun, idempotencyKey, ...edited } = input;
  return [edited, { actor: viewer.name, reason, dryRun, idempotencyKey }];
}
