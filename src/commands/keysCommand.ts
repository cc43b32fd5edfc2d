import type { Command } from "commander";
import { isScope, SCOPES } from "../access/scopes.ts";
import type { Scope } from "../access/types.ts";
import type { Role } from "../context.ts";
import { DomainError } from "../errors.ts";
import { type ApiKey, createKey, findKeys, ROLES, revokeKey } from "../keys.ts";
import { durationSeconds } from "../schema/durationSeconds.ts";
import { withDatabase } from "./withDatabase.ts";

const EXAMPLES = `
Examples:
  whygraph keys create --name anna --role CURATOR
  whygraph keys create --name shop --role VIEWER --scopes recommend:read,interactions:write --users 'shop-a:*' --expires P90D
  whygraph keys list --json
  whygraph keys revoke anna`;

/** Adds `keys create|list|revoke`: who may do what, for whom and how long. */
export function addKeysCommand(program: Command): void {
  const keys = program
    .command("keys")
    .description("make, list and revoke API keys")
    .addHelpText("after", EXAMPLES);
  keys
    .command("create")
    .description("make a key and print it once; only its hash is kept")
    .requiredOption("--name <name>", "who or what will use it")
    .requiredOption("--role <role>", `what it may do at most: ${ROLES.join(", ")}`)
    .option("--scopes <list>", "less than its role, with commas between")
    .option("--users <list>", "only for these users: keys, or beginnings of keys with * behind")
    .option("--expires <when>", "when it ends: a moment, or how long from now, such as P90D")
    .option("--json", "print the result as JSON")
    .addHelpText("after", `\nScopes:\n${listScopes()}\n${EXAMPLES}`)
    .action(runCreate);
  keys
    .command("list")
    .description("list all keys, the revoked ones too; the keys themselves are not kept")
    .option("--json", "print the result as JSON")
    .addHelpText("after", EXAMPLES)
    .action(runList);
  keys
    .command("revoke <name>")
    .description("revoke a key; running servers refuse it within a second")
    .option("--json", "print the result as JSON")
    .addHelpText("after", EXAMPLES)
    .action(runRevoke);
}

interface CreateOptions {
  readonly name: string;
  readonly role: string;
  readonly scopes?: string;
  readonly users?: string;
  readonly expires?: string;
  readonly json?: boolean;
}

async function runCreate(options: CreateOptions): Promise<void> {
  const role = options.role.toUpperCase() as Role;
  if (!ROLES.includes(role)) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `--role is "${options.role}", expected one of ${ROLES.join(", ")}`,
    );
  }
  const grant = {
    role,
    scopes: options.scopes === undefined ? null : readScopes(options.scopes),
    users: options.users?.split(",").map((user) => user.trim()) ?? null,
    expiresAt: options.expires === undefined ? null : readMoment(options.expires),
  };
  const made = await withDatabase((db) => createKey(db, options.name.trim(), grant));
  print(
    options,
    made,
    `${made.key}\nIt is shown this once. Use it as the header authorization: Bearer <key>`,
  );
}

async function runList(options: { json?: boolean }): Promise<void> {
  const keys = await withDatabase(findKeys);
  print(options, { keys }, keys.length > 0 ? keys.map(describe).join("\n") : "There are no keys.");
}

async function runRevoke(name: string, options: { json?: boolean }): Promise<void> {
  const revoked = await withDatabase((db) => revokeKey(db, name));
  print(options, revoked, `revoked ${revoked.name}`);
}

function readScopes(text: string): Scope[] {
  return text.split(",").map((word) => {
    const scope = word.trim();
    if (isScope(scope)) return scope;
    const expected = Object.keys(SCOPES).join(", ");
    throw new DomainError("BAD_USER_INPUT", `--scopes has "${scope}", expected some of ${expected}`);
  });
}

function readMoment(text: string): Date {
  if (text.startsWith("P")) return new Date(Date.now() + 1000 * durationSeconds(text, "--expires"));
  const moment = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(moment.getTime())) return moment;
  const expected = "a moment such as 2027-01-31, or how long from now, such as P90D";
  throw new DomainError("BAD_USER_INPUT", `--expires is "${text}", expected ${expected}`);
}

function describe(key: ApiKey): string {
  const { name, role, createdAt, lastUsedAt, scopes, users } = key;
  const used = lastUsedAt ? `used ${lastUsedAt.toISOString()}` : "never used";
  const limits = [scopes && `scopes ${scopes.join(",") || "none"}`, users && `users ${users.join(",")}`];
  const state = [stateOf(key), used, ...limits.filter(Boolean)];
  return [name.padEnd(20), role.padEnd(8), createdAt.toISOString(), ...state].join("  ");
}

function stateOf({ revokedAt, expiresAt }: ApiKey): string {
  if (revokedAt) return `revoked ${revokedAt.toISOString()}`;
  if (!expiresAt) return "valid";
  return `${expiresAt.getTime() > Date.now() ? "valid until" : "expired"} ${expiresAt.toISOString()}`;
}

function listScopes(): string {
  return Object.entries(SCOPES)
    .map(([scope, told]) => `  ${scope.padEnd(20)}${told}`)
    .join("\n");
}

function print(options: { json?: boolean }, result: object, text: string): void {
  console.log(options.json ? JSON.stringify(result) : text);
}
