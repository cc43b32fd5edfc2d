/** Bundles of scopes; each includes those before it. */
export type Role = "VIEWER" | "CURATOR" | "ADMIN";

/** What a field of the schema, or a page of the server, may need. */
export type Scope =
  | "graph:read"
  | "recommend:read"
  | "metrics:read"
  | "interactions:write"
  | "proposals:write"
  | "graph:write"
  | "models:write"
  | "users:erase";

/** Whoever sends the request. */
export interface Viewer {
  /** Name of the key; the name in a token behind "jwt:", so that neither is taken for the other; or "anonymous". */
  readonly name: string;
  readonly role: Role;
  readonly authenticated: boolean;
  /** What it may do: all of its role, or less. */
  readonly scopes: ReadonlySet<Scope>;
  /** Users that it may speak of: keys, or beginnings of keys that end in `*`; null for all. */
  readonly users: readonly string[] | null;
  /** When its key or token ends; null where it does not. */
  readonly expiresAt: Date | null;
}
