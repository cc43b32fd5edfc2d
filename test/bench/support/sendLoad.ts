import { Pool } from "undici";

/** What a load met. */
export interface Load {
  readonly requests: number;
  readonly seconds: number;
  /** Of each request, in ms. */
  readonly times: readonly number[];
}

interface LoadOptions {
  readonly connections: number;
  readonly seconds: number;
}

/**
 * Sends the bodies to a GraphQL address in turn for some seconds, over so many connections, each with one request at a time.
 * @throws {Error} at the first answer that is not HTTP 200, or holds an error
 */
export async function sendLoad(
  url: string,
  bodies: readonly string[],
  { connections, seconds }: LoadOptions,
): Promise<Load> {
  const client = openClient(url, connections);
  const times: number[] = [];
  let next = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  const sendInTurn = async () => {
    while (performance.now() < end) {
      const sent = performance.now();
      await client.ask(bodies[next++ % bodies.length]);
      times.push(performance.now() - sent);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, sendInTurn));
    return { requests: times.length, seconds: (performance.now() - start) / 1000, times };
  } finally {
    await client.close();
  }
}

/** Keeps connections to a GraphQL address open; each has one request at a time. */
export function openClient(
  url: string,
  connections: number,
): { ask(body: string): Promise<void>; close(): Promise<void> } {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const headers = { "content-type": "application/json" };
  return {
    async ask(body) {
      const answer = await pool.request({ path, method: "POST", headers, body });
      const text = await answer.body.text();
      if (answer.statusCode !== 200 || text.includes('"errors":')) {
        throw new Error(`HTTP ${answer.statusCode} to ${body}:\n${text.slice(0, 2_000)}`);
      }
    },
    close: () => pool.destroy(),
  };
}
