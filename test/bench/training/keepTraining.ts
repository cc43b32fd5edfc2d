import { setTimeout as sleep } from "node:timers/promises";
import type { Json } from "../support/askGraphql.ts";

const POLL_MS = 200;
const JOB = "job { id status progress message error }";

/**
 * Has the gateway train while `work` goes on: begins once a job fits, starts the next when one ends, and cancels
 * the last. The models do not serve. Gives how many jobs there were.
 */
export async function keepTraining<T>(
  ask: (query: string, variables?: object) => Promise<Json>,
  work: () => Promise<T>,
): Promise<{ readonly jobs: number; readonly result: T }> {
  let jobs = 0;
  const start = async (): Promise<string> => {
    const { trainModel } = await ask(
      `mutation ($seed: Int!) { trainModel(input: {seed: $seed, activate: false}) { ${JOB} problems { message } } }`,
      { seed: ++jobs },
    );
    if (!trainModel.job) throw new Error(`no training began: ${JSON.stringify(trainModel)}`);
    return trainModel.job.id;
  };
  const find = async (id: string) =>
    (await ask(`query ($id: ID!) { ${JOB.replace("job", "job(id: $id)")} }`, { id })).job;
  let id = await start();
  for (let job = await find(id); job.status === "QUEUED"; job = await find(id)) await sleep(POLL_MS);
  let working = true;
  const renew = async () => {
    while (working) {
      const job = await find(id);
      if (job.status === "FAILED") throw new Error(`a training failed: ${job.error}`);
      if (job.status === "DONE" && working) id = await start();
      await sleep(POLL_MS);
    }
  };
  const renewed = renew();
  try {
    const result = await work();
    working = false;
    await renewed;
    return { jobs, result };
  } finally {
    working = false;
    await ask(`mutation ($id: ID!) { cancelJob(id: $id) { ${JOB} } }`, { id });
  }
}
