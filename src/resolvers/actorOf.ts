import type { Viewer } from "../access/types.ts";

/** Whose jobs a viewer may see and end: null for everybody's, else the viewer's own. */
export function actorOf({ name, scopes }: Viewer): string | null {
  return scopes.has("models:write") ? null : name;
}
