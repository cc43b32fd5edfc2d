import type { Command } from "commander";
import type { Role } from "../context.ts";
import { DomainError } from "../errors.ts";
import { type ApiKey, createKey, findKeys, ROLES, revokeKey } from "../keys.ts";
import { withDatabase } from "./withDatabase.ts";

const EXAMPLES = `
Examples:
  whygraph keys create --name anna --role CURATOR
  whygraph keys list --json
  whygraph keys revoke anna`;

/** Adds `keys create|list|revoke`: who may change the graph. */
export function addKeysCommand(program: Command): void {
  const keys = program
    .command("keys")
    .description("make, list and revoke API keys")
    .addHelpText("after", EXAMPLES);
  keys
    .command("create")
    .description("make a key and print it once; only its hash is kept")
    .requiredOption("--name <name>", "who or what will use it")
    .requiredOption("--role <role>", `what it may do: ${ROLES.join(", ")}`)
    .option("--json", "print the result as JSON")
    .addHelpText("after", EXAMPLES)
    .action(runCreate);
  keys
    .command("list")
    .description("list all keys, the revoked ones too; the keys themselves are not kept")
    .option("--json", "print the result as JSON")
    .addHelpText("after", EXAMPLES)
    .action(runList);
  keys
    .command("revoke <name>")
    .description("revoke a key; running servers refuse it within seconds")
    .option("--json", "print the result as JSON")
    .addHelpText("after", EXAMPLES)
    .action(runRevoke);
}

async function runCreate(options: { name: string; role: string; json?: boolean }): Promise<void> {
  const role = options.role.toUpperCase() as Role;
  if (!ROLES.includes(role)) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `--role is "${options.role}", expected one of ${ROLES.join(", ")}`,
    );
  }
  const name = options.name.trim();
  if (!name) throw new DomainError("BAD_USER_INPUT", `--name is "${options.name}", expected a name`);
  const made = await withDatabase((db) => createKey(db, name, role));
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

function describe(key: ApiKey): string {
  const state = key.revokedAt ? `revoked ${key.revokedAt.toISOString()}` : "valid";
  return [key.name.padEnd(20), key.role.padEnd(8), key.createdAt.toISOString(), state].join("  ");
}

function print(options: { json?: boolean }, result: object, text: string): void {
  console.log(options.json ? JSON.stringify(result) : text);
}
