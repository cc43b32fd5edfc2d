import { AccessError } from "./AccessError.ts";
import { ROLES, rolesWith } from "./scopes.ts";
import type { Scope, Viewer } from "./types.ts";

const SHOWN = 3; // users of a limit that a refusal names

/** Asserts that the viewer holds a scope. @throws {AccessError} that names what was attempted and what is missing */
export function assertAllowed(viewer: Viewer, scope: Scope, attempted: string): void {
  if (viewer.scopes.has(scope)) return;
  if (!viewer.authenticated) {
    const expected = 'expected "authorization: Bearer <key>"';
    throw new AccessError("UNAUTHENTICATED", `${attempted} needs a key with the scope ${scope}; ${expected}`);
  }
  const { name, role } = viewer;
  const why = ROLES[role].includes(scope)
    ? `the key "${name}" leaves it out; expected a key that holds it`
    : `the key "${name}" has the role ${role}; expected ${rolesWith(scope).join(" or ")}`;
  throw new AccessError("FORBIDDEN", `${attempted} needs the scope ${scope}: ${why}`, {
    ...{ error: "insufficient_scope", scope },
  });
}

/** Asserts that the viewer may speak of a user. @throws {AccessError} FORBIDDEN, naming both */
export function assertUser({ name, users }: Viewer, user: string, attempted: string): void {
  if (users === null || users.some((limit) => covers(limit, user))) return;
  const shown = users.slice(0, SHOWN).map((limit) => JSON.stringify(limit));
  const more = users.length > SHOWN ? ` and ${users.length - SHOWN} more` : "";
  const limits = users.length > 0 ? `${shown.join(", ")}${more}` : "nobody";
  throw new AccessError(
    "FORBIDDEN",
    `${attempted} is not allowed for the user ${JSON.stringify(user)}: the key "${name}" is for ${limits}`,
    { error: "insufficient_scope" },
  );
}

/** A limit is a user's key, or the beginning of keys with `*` behind it. */
function covers(limit: string, user: string): boolean {
  return limit.endsWith("*") ? user.startsWith(limit.slice(0, -1)) : limit === user;
}
