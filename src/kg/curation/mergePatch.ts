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

/**
 * Patches a JSON column: absent leaves it, null empties it, an object is merged into it. What changes goes through
 * JSON, as Postgres gives it back, so that it can be compared.
 */
export function patchColumn(target: JSONObject, patch: JSONObject | null | undefined): JSONObject {
  if (patch === undefined) return target;
  return patch === null ? {} : plain(mergePatch(target, patch));
}

/** As Postgres gives a value back after it was stored as JSON. */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

function isObject(value: unknown): value is JSONObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
