import type { JWTPayload } from "jose";
import { AccessError } from "../AccessError.ts";
import { makeViewer } from "../makeViewer.ts";
import { isScope, ROLES } from "../scopes.ts";
import type { Role, Scope, Viewer } from "../types.ts";
import type { TokenOptions } from "./types.ts";

const LONGEST_NAME = 200;

/**
 * Gives the viewer that a verified token names. A role that is not ours counts for nothing, and so does a scope; the
 * highest role counts. Where both are read, the token may do what both allow.
 * @throws {AccessError} UNAUTHENTICATED where the token names nobody
 */
export function viewerOfClaims(
  claims: JWTPayload,
  options: Pick<TokenOptions, "nameClaim" | "roleClaim" | "scopeClaim" | "userClaim">,
): Viewer {
  const { nameClaim, roleClaim, scopeClaim, userClaim } = options;
  const scopes = scopeClaim === null ? null : wordsOf(findClaim(claims, scopeClaim)).filter(isScope);
  const role = roleClaim === null && scopes ? leastRoleWith(scopes) : roleOf(claims, roleClaim);
  const users = userClaim === null ? null : textsOf(findClaim(claims, userClaim)).filter(isWholeKey);
  const expiresAt = new Date(Number(claims.exp) * 1000);
  return makeViewer(`jwt:${nameOf(claims, nameClaim)}`, role, { scopes, users, expiresAt });
}

function nameOf(claims: JWTPayload, claim: string): string {
  const name = findClaim(claims, claim);
  const text = typeof name === "number" ? String(name) : name;
  if (typeof text === "string" && text.trim() && text.length <= LONGEST_NAME && !/[\p{Cc}\p{Cs}]/u.test(text))
    return text;
  const expected = `a text of 1 to ${LONGEST_NAME} characters`;
  throw new AccessError(
    "UNAUTHENTICATED",
    `the token's claim "${claim}" names nobody; expected ${expected}`,
    {
      error: "invalid_token",
    },
  );
}

function roleOf(claims: JWTPayload, claim: string | null): Role {
  const named = claim === null ? [] : wordsOf(findClaim(claims, claim)).map((word) => word.toUpperCase());
  return (Object.keys(ROLES) as Role[]).findLast((role) => named.includes(role)) ?? "VIEWER";
}

function leastRoleWith(scopes: readonly Scope[]): Role {
  const roles = Object.keys(ROLES) as Role[];
  return roles.find((role) => scopes.every((scope) => ROLES[role].includes(scope))) ?? "ADMIN";
}

/** A claim by its name, or by a path of names with dots between. */
function findClaim(claims: unknown, path: string): unknown {
  if (typeof claims !== "object" || claims === null) return undefined;
  if (Object.hasOwn(claims, path)) return (claims as Record<string, unknown>)[path];
  const dot = path.indexOf(".");
  const first = path.slice(0, dot);
  if (dot < 1 || !Object.hasOwn(claims, first)) return undefined;
  return findClaim((claims as Record<string, unknown>)[first], path.slice(dot + 1));
}

/** A list, or words with spaces between, as OAuth writes scopes. */
function wordsOf(value: unknown): string[] {
  return typeof value === "string" ? value.split(" ").filter(Boolean) : textsOf(value);
}

function textsOf(value: unknown): string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one): one is string => typeof one === "string" && one !== "");
}

/** A user whose own key ends in `*` would otherwise speak of all whose keys begin like it. */
function isWholeKey(user: string): boolean {
  return !user.endsWith("*");
}
