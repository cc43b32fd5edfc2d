import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Section, writeReport } from "./support/writeReport.ts";

/** What can be measured, in the order in which it runs. */
export const BENCHMARKS = [
  "gateway",
  "recommend",
  "training",
  "curation",
  "device",
  "baselines",
  "live",
  "snapshot",
  "paths",
  "import",
  "cost",
] as const;

const USAGE = `npm run bench [-- ${BENCHMARKS.join("|")} …] [--json] [--smoke] [--write] [--data DIR] [--backend NAME]
  Without a name all run, one after the other, each in a process of its own.
  --json   print one JSON object instead of tables
  --smoke  small runs of a few seconds that show that they work; the numbers mean nothing
  --write  also write what they print to docs/results/bench.md
  --data   folder of a dataset for recommend, training, baselines and cost, instead of the demo and those in ../shared/data
  --backend  the only compute backend that device compares with loops over arrays, instead of all that there are`;

interface Asked {
  readonly names: readonly string[];
  readonly json: boolean;
  readonly smoke: boolean;
  readonly write: boolean;
  readonly data?: string;
  readonly backend?: string;
}

/** Runs the named benchmarks; gives the exit code: 0 done, 1 one of them failed, 2 called wrongly. */
async function main(args: readonly string[]): Promise<number> {
  let asked: Asked;
  try {
    asked = readArguments(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const sections: Section[] = [];
  let code = 0;
  for (const name of asked.names) {
    if (!asked.json) console.log(`\n## ${name}\n`);
    const section = await runOne(name, asked);
    sections.push(section);
    if (section.code !== 0) code = 1;
  }
  if (asked.json) console.log(JSON.stringify(collectJson(sections)));
  if (asked.write) console.error(`written: ${writeReport(sections)}`);
  return code;
}

function readArguments(args: readonly string[]): Asked {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      smoke: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      data: { type: "string" },
      backend: { type: "string" },
    },
  });
  const unknown = positionals.filter((name) => !(BENCHMARKS as readonly string[]).includes(name));
  if (unknown.length > 0) {
    throw new Error(`unknown benchmark ${unknown.join(", ")}; expected ${BENCHMARKS.join(", ")}`);
  }
  if (values.write && (values.json || values.smoke)) {
    throw new Error("--write keeps the tables of a real run; leave out --json and --smoke");
  }
  const names = positionals.length > 0 ? BENCHMARKS.filter((name) => positionals.includes(name)) : BENCHMARKS;
  return { ...values, names };
}

/** Runs one benchmark in a process of its own, so that its memory and its warmth are its own. */
async function runOne(name: string, { json, smoke, data, backend }: Asked): Promise<Section> {
  const args = [
    ...(json ? ["--json"] : []),
    ...(smoke ? ["--smoke"] : []),
    ...(data && ["recommend", "training", "baselines", "cost"].includes(name) ? ["--data", data] : []),
    ...(backend && name === "device" ? ["--backend", backend] : []),
  ];
  const script = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const end = () => child.kill("SIGTERM"); // Ctrl-C reaches it by itself, other signals do not
  process.once("SIGTERM", end);
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (!json) process.stdout.write(text);
  });
  const [code] = await once(child, "close");
  process.off("SIGTERM", end);
  return { command: `npm run bench -- ${[name, ...args].join(" ")}`, name, code: code ?? 1, output };
}

/** Results by name; null for one that failed before it printed any. */
function collectJson(sections: readonly Section[]): object {
  return Object.fromEntries(
    sections.map(({ name, output }) => [name, output.trim() === "" ? null : JSON.parse(output)]),
  );
}

process.exitCode = await main(process.argv.slice(2));
