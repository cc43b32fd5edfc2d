/** The servers that are attacked. */
export const TARGETS = ["whygraph", "apollo", "armor"] as const;
export type TargetName = (typeof TARGETS)[number];

/** A server that was started for one attack. */
export interface Target {
  readonly name: TargetName;
  /** Address of its GraphQL, on loopback. */
  readonly url: string;
  readonly origin: string;
  readonly keys: { readonly viewer: string; readonly admin: string };
  readonly databaseUrl: string;
  /** Whether its process has ended. */
  ended(): boolean;
  /** Runs SQL on the database of all targets, for attacks on what the database does. */
  sql(text: string, parameters?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Signs a token as an issuer does, or as whoever pretends to be one. */
  readonly tokens: TokenForger;
}

export interface TokenForger {
  unsigned(): string;
  /** Signed with the public key as if it were a shared secret. */
  confused(): string;
  /** By the right key, and meant for somebody else. */
  elsewhere(): string;
  /** By a key of the attacker, named like the right one. */
  stranger(): string;
  expired(): string;
}

/** What came of an attack. */
export interface Outcome {
  readonly succeeded: boolean;
  /** In a few words, what was answered. */
  readonly told: string;
}

export interface Attack {
  readonly name: string;
  /** What an attacker wants with it. */
  readonly aim: string;
  /** Only on these; all where absent. */
  readonly only?: readonly TargetName[];
  run(target: Target): Promise<Outcome>;
}
