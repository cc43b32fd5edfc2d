import type { Stages } from "../stages.ts";
import type { Log } from "./openLog.ts";

/** The stages of a longer work as entries of the log, for where nobody looks at a terminal. */
export function logStages(log: Log, onStage: (title: string) => void): Stages {
  return {
    async run(title, work) {
      onStage(title);
      const since = performance.now();
      const result = await work(() => undefined);
      log.info({ stage: title, ms: Math.round(performance.now() - since) }, title);
      return result;
    },
    say: (line) => log.info(line),
    end: () => undefined,
  };
}
