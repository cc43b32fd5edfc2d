import { setTimeout as sleep } from "node:timers/promises";
import type { Field } from "./openField.ts";
import type { Attack, Outcome, TargetName } from "./types.ts";
import { type Health, watchHealth } from "./watchHealth.ts";

const QUIET_MS = 700;
const LIMIT_MS = 120_000;

/** What came of an attack on a target, and how a second client fared before it and meanwhile. */
export interface Struck extends Outcome {
  readonly attack: string;
  readonly aim: string;
  readonly target: TargetName;
  readonly before: Health;
  readonly during: Health;
}

/** Starts a server, attacks it while a second client watches it, and stops it. */
export async function runAttack(field: Field, attack: Attack, name: TargetName): Promise<Struck> {
  const { target, health, stop } = await field.start(name);
  try {
    const quiet = await watchHealth(...health);
    await sleep(QUIET_MS);
    const before = await quiet();
    const watched = await watchHealth(...health);
    const outcome = await Promise.race([attack.run(target), giveUp()]);
    const during = await watched();
    const ended = target.ended();
    const told = ended ? `the server died; ${outcome.told}` : outcome.told;
    const succeeded = outcome.succeeded || ended;
    return { attack: attack.name, aim: attack.aim, target: name, succeeded, told, before, during };
  } finally {
    await stop();
  }
}

async function giveUp(): Promise<Outcome> {
  await sleep(LIMIT_MS, undefined, { ref: false });
  return { succeeded: true, told: `no end in ${LIMIT_MS / 1_000} s` };
}
