import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";

const EVERY_MS = 20;

/** Asks /health/live over a connection of its own, one request at a time, while `work` goes on; gives each one's ms. */
export async function probeHealth<T>(
  url: string,
  work: () => Promise<T>,
): Promise<{ readonly times: readonly number[]; readonly result: T }> {
  const pool = new Pool(new URL(url).origin, { connections: 1, pipelining: 1 });
  const times: number[] = [];
  let probing = true;
  const probe = async () => {
    while (probing) {
      const sent = performance.now();
      const { statusCode, body } = await pool.request({ path: "/health/live", method: "GET" });
      await body.dump();
      if (statusCode !== 200) throw new Error(`/health/live answered HTTP ${statusCode}`);
      times.push(performance.now() - sent);
      await sleep(EVERY_MS);
    }
  };
  const probed = probe();
  try {
    const result = await work();
    probing = false;
    await probed;
    return { times, result };
  } finally {
    probing = false;
    await pool.destroy();
  }
}
