import { parseArgs } from "node:util";
import { printTable } from "../bench/support/printTable.ts";
import { Cluster } from "./Cluster.ts";
import { EDITS } from "./edits.ts";
import { makeWhole, strikeEdit, type Target, type Trial } from "./strikeEdit.ts";
import { Victims } from "./Victims.ts";

const USAGE = `npm run chaos [-- EDIT …] [--target process|postgres] [--every N] [--json]
  Kills the process that edits the graph, or Postgres, at every statement of every kind of edit (${Object.keys(EDITS).join(", ")}),
  before the statement is sent and while it runs, and looks whether the edit is there as a whole or not at all: all tables,
  the hash chain, the log replayed, a live snapshot and a fresh one.
  --target  only this one is killed
  --every   only every Nth statement
  --json    print the trials as JSON`;

interface Plan {
  readonly edits: readonly string[];
  readonly targets: readonly Target[];
  readonly every: number;
  readonly json: boolean;
}

/** Runs the trials; gives the exit code: 0 nothing was left half done, 1 something was, 2 called wrongly. */
async function main(args: readonly string[]): Promise<number> {
  let plan: Plan;
  try {
    plan = readArguments(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const trials = await runTrials(plan);
  console.log(plan.json ? JSON.stringify(trials) : print(trials));
  return trials.length > 0 && trials.every(({ faults }) => faults.length === 0) ? 0 : 1;
}

async function runTrials({ edits, targets, every, json }: Plan): Promise<Trial[]> {
  const trials: Trial[] = [];
  const victims = new Victims();
  const cluster = await Cluster.start();
  try {
    for (const edit of edits) {
      const whole = await makeWhole(cluster, victims, edit);
      if (!json) console.error(`${edit}: ${whole.statements} statements`);
      for (const target of targets) {
        for (let at = 1; at <= whole.statements; at += every) {
          for (const when of ["before", "sent"] as const) {
            trials.push(
              await strikeEdit({ cluster, victims }, { edit, target, strike: { at, when } }, whole),
            );
          }
        }
      }
    }
  } finally {
    victims.close();
    await cluster.stop();
  }
  return trials;
}

function readArguments(args: readonly string[]): Plan {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      target: { type: "string" },
      every: { type: "string", default: "1" },
      json: { type: "boolean", default: false },
    },
  });
  const unknown = positionals.filter((name) => !Object.hasOwn(EDITS, name));
  if (unknown.length > 0) throw new Error(`unknown edit ${unknown.join(", ")}; expected some of the below`);
  const { target, json } = values;
  if (target !== undefined && target !== "process" && target !== "postgres") {
    throw new Error(`--target is "${target}"; expected process or postgres`);
  }
  const every = Number(values.every);
  if (!Number.isInteger(every) || every < 1) {
    throw new Error(`--every is "${values.every}"; expected a whole number from 1`);
  }
  return {
    edits: positionals.length > 0 ? positionals : Object.keys(EDITS),
    targets: target ? [target] : ["process", "postgres"],
    ...{ every, json },
  };
}

function print(trials: readonly Trial[]): string {
  const cells = Object.keys(EDITS).flatMap((edit) => {
    const own = trials.filter((trial) => trial.edit === edit);
    if (own.length === 0) return [];
    const count = (target: Target) => own.filter((trial) => trial.target === target).length;
    const sound = own.filter(({ faults }) => faults.length === 0);
    const written = sound.filter((trial) => trial.written).length;
    const numbers = [
      count("process"),
      count("postgres"),
      written,
      sound.length - written,
      own.length - sound.length,
    ];
    return [[edit, ...numbers.map(String)]];
  });
  const header = [
    ...["edit", "process killed", "Postgres killed", "wholly there", "wholly absent", "anything else"],
  ];
  const faults = trials.flatMap(({ edit, target, strike, faults }) =>
    faults.map((fault) => `${edit}, ${target} killed ${strike.when} statement ${strike.at}: ${fault}`),
  );
  return [printTable(header, cells), ...faults].join("\n");
}

process.exitCode = await main(process.argv.slice(2));
