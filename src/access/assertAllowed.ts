import { AccessError } from "./AccessError.ts";
import { ROLES, rolesWith } from "./scopes.ts";
import type { Scope, Viewer } from "./types.ts";

const SHOWN = 3; // users of a limit that a refusal names

/**
 * Asserts that the viewer holds a scope, or one of several.
 * @throws {AccessError} that names what was attempted, and what is missing
 */
export function assertAllowed(viewer: Viewer, needed: Scope | readonly Scope[], attempted: string): void {
  const scopes = typeof needed === "string" ? [needed] : needed;
  if (scopes.some((scope) => viewer.scopes.has(scope))) return;
  const what = `${attempted} needs the scope ${scopes.join(" or ")}`;
  if (!viewer.authenticated) {
    throw new AccessError("UNAUTHENTICATED", `${what}, and so a key; expected "authorization: Bearer <key>"`);
  }
  const { name, role } = viewer;
  const why = scopes.some((scope) => ROLES[role].includes(scope))
    ? `the key "${name}" leaves it out; expected one that holds it`
    : `the key "${name}" has the role ${role}; expected ${rolesWith(scopes[0]).join(" or ")}`;
  const reason = { error: "insufficient_scope", scope: scopes[0] };
  throw new AccessError("FORBIDDEN", `${what}: ${why}`, reason);
}

/** Asserts that the viewer may speak of a user, null for all. @throws {AccessError} FORBIDDEN, naming both */
export function assertUser({ name, users }: Viewer, user: string | null, attempted: string): void {
  if (users === null || (user !== null && users.some((limit) => covers(limit, user)))) return;
  const shown = users.slice(0, SHOWN).map((limit) => JSON.stringify(limit));
  const more = users.length > SHOWN ? ` and ${users.length - SHOWN} more` : "";
  const limits = users.length > 0 ? `${shown.join(", ")}${more}` : "nobody";
  const whom = user === null ? "all users" : `the user ${JSON.stringify(user)}`;
  throw new AccessError(
    "FORBIDDEN",
    `${attempted} is not allowed for ${whom}: the key "${name}" is for ${limits}`,
    { error: "insufficient_scope" },
  );
}

/** A limit is a user's key, or the beginning of keys with `*` behind it. */
function covers(limit: string, user: string): boolean {
  return limit.endsWith("*") ? user.startsWith(limit.slice(0, -1)) : limit === user;
}
