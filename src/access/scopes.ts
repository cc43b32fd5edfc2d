import type { Role, Scope } from "./types.ts";

/** Every scope, with what it lets a viewer do. */
export const SCOPES: Readonly<Record<Scope, string>> = {
  "graph:read": "reads the graph and its change log",
  "recommend:read": "asks for recommendations, their explanations and the models behind them",
  "metrics:read": "reads /metrics",
  "interactions:write": "records what users did",
  "proposals:write": "proposes triples, and follows its own proposals",
  "graph:write": "edits the graph and scenarios, reviews proposals, previews and validates",
  "models:write": "trains and activates models, follows and ends all jobs",
  "users:erase": "erases a user's data",
};

/** What may be read without a key, where reading is open. */
export const READING: readonly Scope[] = ["graph:read", "recommend:read", "metrics:read"];

const VIEWER: readonly Scope[] = [...READING, "interactions:write", "proposals:write"];
const CURATOR: readonly Scope[] = [...VIEWER, "graph:write"];
const ADMIN: readonly Scope[] = [...CURATOR, "models:write", "users:erase"];

/** What each role may do, the least role first. */
export const ROLES: Readonly<Record<Role, readonly Scope[]>> = { VIEWER, CURATOR, ADMIN };

/** The roles that hold a scope, the least first. */
export function rolesWith(scope: Scope): Role[] {
  return (Object.keys(ROLES) as Role[]).filter((role) => ROLES[role].includes(scope));
}

/** Whether a text is the name of a scope. */
export function isScope(text: string): text is Scope {
  return Object.hasOwn(SCOPES, text);
}
