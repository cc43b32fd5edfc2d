import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { withFewUsers } from "../bench/recommend/withFewUsers.ts";
import { withThrowawayDatabase } from "../bench/support/throwawayDatabase.ts";
import { ACCESS_ATTACKS } from "./attacks/access.ts";
import { DOCUMENT_ATTACKS } from "./attacks/documents.ts";
import { HTTP_ATTACKS } from "./attacks/http.ts";
import { VALUE_ATTACKS } from "./attacks/values.ts";
import { type Field, openField } from "./openField.ts";
import { printAttacks, writeAttacks } from "./report.ts";
import { runAttack, type Struck } from "./runAttack.ts";
import { type Attack, TARGETS, type TargetName } from "./types.ts";

/** All of them, in the order of the table. */
export const ATTACKS: readonly Attack[] = [
  ...DOCUMENT_ATTACKS,
  ...HTTP_ATTACKS,
  ...VALUE_ATTACKS,
  ...ACCESS_ATTACKS,
];

const SMOKE = ["fragment bomb", "mutation as a form", "token: confused"];
const USAGE = `npm run attack [-- ATTACK …] [--targets ${TARGETS.join(",")}] [--keep FILE] [--json] [--write] [--smoke]
  Runs each attack on a server that was started for it, on loopback, in production, with a bounded heap: this gateway,
  Apollo Server 5 as it comes, and Apollo Server with GraphQL Armor, on the same schema and data. Meanwhile a second
  client asks whether the server is alive.
  --targets  only these
  --keep     a file that keeps what came out, so that a table can be made in several runs; what is in it is not run again
  --json     print the outcomes as JSON
  --write    also write the table to docs/results/attack.md
  --smoke    ${SMOKE.join(", ")} on this gateway
  ATTACK     ${ATTACKS.map(({ name }) => name).join(", ")}`;

interface Plan {
  readonly attacks: readonly Attack[];
  readonly targets: readonly TargetName[];
  readonly keep: string | null;
  readonly json: boolean;
  readonly write: boolean;
}

/** Gives the exit code: 0 no attack on this gateway succeeded, 1 one did, 2 called wrongly. */
async function main(args: readonly string[]): Promise<number> {
  let plan: Plan;
  try {
    plan = readArguments(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const struck = await runAll(plan);
  console.log(plan.json ? JSON.stringify(struck) : printAttacks(struck));
  if (plan.write) console.error(`written: ${writeAttacks(struck)}`);
  return struck.some(({ target, succeeded }) => target === "whygraph" && succeeded) ? 1 : 0;
}

async function runAll({ attacks, targets, keep, json }: Plan): Promise<readonly Struck[]> {
  const struck: Struck[] = keep && existsSync(keep) ? JSON.parse(readFileSync(keep, "utf8")) : [];
  const isDone = (attack: Attack, name: TargetName) =>
    struck.some((one) => one.attack === attack.name && one.target === name);
  const left = attacks.flatMap((attack) =>
    targets
      .filter((name) => (attack.only ?? TARGETS).includes(name) && !isDone(attack, name))
      .map((name) => [attack, name] as const),
  );
  if (left.length === 0) return struck;
  await withField(async (field) => {
    for (const [attack, name] of left) {
      const one = await runAttack(field, attack, name);
      struck.push(one);
      if (!json)
        console.error(`${name}: ${one.attack}: ${one.succeeded ? "SUCCEEDED" : "failed"} (${one.told})`);
      if (keep) writeFileSync(keep, JSON.stringify(struck));
    }
  });
  return struck;
}

function withField(work: (field: Field) => Promise<void>): Promise<void> {
  return withFewUsers("demo/films", (folder) =>
    withThrowawayDatabase(async (db) => {
      const field = await openField(db, folder);
      await work(field).finally(() => field.close());
    }),
  );
}

function readArguments(args: readonly string[]): Plan {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      targets: { type: "string" },
      keep: { type: "string" },
      json: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      smoke: { type: "boolean", default: false },
    },
  });
  const { json, write, smoke, keep = null } = values;
  const names = smoke ? SMOKE : positionals;
  const unknown = names.filter((name) => !ATTACKS.some((attack) => attack.name === name));
  if (unknown.length > 0) throw new Error(`unknown attack ${unknown.join(", ")}`);
  const wanted = values.targets?.split(",") ?? (smoke ? ["whygraph"] : TARGETS);
  const targets = TARGETS.filter((name) => wanted.includes(name));
  if (targets.length < wanted.length)
    throw new Error(`--targets is ${values.targets}, expected some of ${TARGETS}`);
  const attacks = names.length > 0 ? ATTACKS.filter(({ name }) => names.includes(name)) : ATTACKS;
  return { attacks, targets, keep, json, write };
}

// Without this a signal ends the process before it can end the servers that it started.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
process.exitCode = await main(process.argv.slice(2));
