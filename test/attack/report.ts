import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describeMachine } from "../bench/support/machine.ts";
import { percentile } from "../bench/support/percentile.ts";
import { printTable } from "../bench/support/printTable.ts";
import type { Struck } from "./runAttack.ts";
import { TARGETS, type TargetName } from "./types.ts";

const REPORT = fileURLToPath(new URL("../../docs/results/attack.md", import.meta.url));
const TITLES: Readonly<Record<TargetName, string>> = {
  whygraph: "Whygraph",
  apollo: "Apollo Server 5",
  armor: "Apollo + Armor",
};

/** The table: a row for each attack, what came of it on each target, and how long a second client waited meanwhile. */
export function printAttacks(struck: readonly Struck[]): string {
  const targets = TARGETS.filter((name) => struck.some(({ target }) => target === name));
  const names = [...new Set(struck.map(({ attack }) => attack))];
  const find = (attack: string, name: TargetName) =>
    struck.find((one) => one.attack === attack && one.target === name);
  const rows = names.map((name) => [
    `${name}: ${struck.find(({ attack }) => attack === name)?.aim}`,
    ...targets.map((target) => tellOne(find(name, target))),
  ]);
  const totals = targets.map((name) => {
    const own = struck.filter(({ target }) => target === name);
    return `**${own.filter(({ succeeded }) => succeeded).length} of ${own.length} succeeded**`;
  });
  const table = printTable(["", ...targets.map((name) => TITLES[name])], [...rows, ["", ...totals]]);
  return `${table}\n\n${targets.map((name) => tellHealth(name, struck)).join("\n")}`;
}

function tellOne(one: Struck | undefined): string {
  if (!one) return "–";
  const { succeeded, told, during } = one;
  return `${succeeded ? "**succeeded**" : "failed"}: ${told.replaceAll("|", "/")}; p99 ${Math.round(during.p99)} ms`;
}

/** All attacks of a target together. */
function tellHealth(name: TargetName, struck: readonly Struck[]): string {
  const own = struck.filter(({ target }) => target === name);
  const before = Math.round(
    percentile(
      own.map((one) => one.before.p99),
      0.5,
    ),
  );
  const during = own.map((one) => one.during.p99);
  const over = during.filter((p99) => p99 > 100).length;
  const [median, most] = [percentile(during, 0.5), Math.max(...during)].map(Math.round);
  return (
    `${TITLES[name]}, a second client's wait at p99: before an attack ${before} ms (median of all), during ` +
    `${median} ms, at most ${most} ms; over 100 ms in ${over} of ${own.length}.`
  );
}

/** Writes the table to docs/results/attack.md, and gives its path. */
export function writeAttacks(struck: readonly Struck[]): string {
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(
    REPORT,
    `# Attacks

\`npm run attack -- --write\` runs them and writes this file. Each attack has a server of its own, started for it in
production with reading open, the demo graph and a heap of 400 MB; all three servers have the same schema, resolvers,
data and keys, and differ in what is around them. An attack has succeeded where it got what it wants; p99 is how long a
second client waited meanwhile to hear that the server is alive. Attacker, second client, server and Postgres share the
machine: ${describeMachine("18")}, ${new Date().toISOString().slice(0, 10)}.

${printAttacks(struck)}
`,
  );
  return relative(process.cwd(), REPORT);
}
