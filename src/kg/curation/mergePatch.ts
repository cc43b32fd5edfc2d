import type { JSONObject } from "../types.ts";

/**
 * Applies a JSON merge patch to an object: null takes a field away, an object is merged into the one that is there,
 * anything else takes its place.
 * @see RFC 7396
 */
export function mergePatch(target: JSONObject, patch: JSONObject): JSONObject {
  const merged: Record<string, unknown> = { ...target };
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    if (value === null) delete merged[name];
    else if (isObject(value)) {
      const inner = merged[name];
      merged[name] = mergePatch(isObject(inner) ? inner : {}, value);
    } else merged[name] = value;
  }
  return merged;
}

function isObject(value: unknown): value is JSONObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
