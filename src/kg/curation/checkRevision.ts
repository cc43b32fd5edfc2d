import type { EditOptions, Problem } from "../types.ts";
import { invalid } from "./checks.ts";
import { problem } from "./problem.ts";

/** The problem of an edit whose author has read another revision than the one that is there. */
export function checkRevision(
  what: string,
  { revision }: { readonly revision: number },
  { expectedRevision }: Pick<EditOptions, "expectedRevision">,
): Problem[] {
  if (expectedRevision == null || expectedRevision === revision) return [];
  if (!Number.isInteger(expectedRevision)) {
    return invalid("expectedRevision", expectedRevision, "a whole number");
  }
  const message = `${what} has revision ${revision}; expected ${expectedRevision}: read it again`;
  return [problem("REVISION_CONFLICT", "expectedRevision", message)];
}
