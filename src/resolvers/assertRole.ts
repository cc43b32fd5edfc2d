import { GraphQLError } from "graphql";
import type { Role, Viewer } from "../context.ts";

const RANK: Readonly<Record<Role, number>> = { VIEWER: 0, CURATOR: 1, ADMIN: 2 };

/**
 * Asserts that the viewer sent a valid key and that its role is `role` or a higher one.
 * @throws {GraphQLError} UNAUTHENTICATED (HTTP 401) or FORBIDDEN (HTTP 403), naming what was attempted
 */
export function assertRole(viewer: Viewer, role: Role, attempted: string): void {
  if (!viewer.authenticated) {
    throw refusal("UNAUTHENTICATED", 401, `${attempted} needs a key; expected "authorization: Bearer <key>"`);
  }
  if (RANK[viewer.role] < RANK[role]) {
    const held = `the key "${viewer.name}" has the role ${viewer.role}`;
    throw refusal("FORBIDDEN", 403, `${attempted} is not allowed: ${held}; expected ${role} or higher`);
  }
}

function refusal(code: "UNAUTHENTICATED" | "FORBIDDEN", status: number, message: string): GraphQLError {
  const challenge = status === 401 ? { headers: new Map([["www-authenticate", "Bearer"]]) } : {};
  return new GraphQLError(message, { extensions: { code, http: { status, ...challenge } } });
}
