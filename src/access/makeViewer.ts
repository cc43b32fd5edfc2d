import { READING, ROLES } from "./scopes.ts";
import type { Role, Scope, Viewer } from "./types.ts";

/** Whoever sends no key, where reading is open. */
export const ANONYMOUS: Viewer = {
  ...{ name: "anonymous", role: "VIEWER", authenticated: false },
  ...{ scopes: new Set(READING), users: null, expiresAt: null },
};

/**
 * Makes a viewer who sent a valid key or token. `scopes` null gives all of its role; what the role does not hold is
 * left out.
 */
export function makeViewer(
  name: string,
  role: Role,
  limits: {
    readonly scopes?: readonly Scope[] | null;
    readonly users?: readonly string[] | null;
    readonly expiresAt?: Date | null;
  } = {},
): Viewer {
  const { scopes, users = null, expiresAt = null } = limits;
  const held = scopes ? ROLES[role].filter((scope) => scopes.includes(scope)) : ROLES[role];
  return { name, role, authenticated: true, scopes: new Set(held), users, expiresAt };
}
