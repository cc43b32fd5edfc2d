import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Collects all garbage, in rounds, until V8 gives back its young generation: what is left in memory is in use. */
export async function collectGarbage(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  for (let round = 0; round < 10; round++) {
    collect();
    await setTimeout(50); // array buffers are freed on another thread
  }
}
