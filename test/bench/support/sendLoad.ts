import { type Answer, Connection } from "./Connection.ts";

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
  const address = new URL(url);
  const open = Array.from({ length: connections }, () => new Connection(address));
  const requests = bodies.map((body) => open[0].encode(address.pathname, body));
  const times: number[] = [];
  let next = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  const sendInTurn = async (connection: Connection) => {
    let sent = start;
    while (sent < end) {
      const at = next++ % bodies.length;
      check(await connection.send(requests[at]), bodies[at]);
      const answered = performance.now();
      times.push(answered - sent);
      sent = answered;
    }
  };
  try {
    await Promise.all(open.map(sendInTurn));
    return { requests: times.length, seconds: (performance.now() - start) / 1000, times };
  } finally {
    for (const connection of open) connection.close();
  }
}

/** Keeps one connection to a GraphQL address open. */
export function openClient(url: string): { ask(body: string): Promise<void>; close(): void } {
  const address = new URL(url);
  const connection = new Connection(address);
  return {
    async ask(body) {
      check(await connection.send(connection.encode(address.pathname, body)), body);
    },
    close: () => connection.close(),
  };
}

function check({ status, body }: Answer, asked: string): void {
  if (status === 200 && !body.includes('"errors":')) return;
  throw new Error(`HTTP ${status} to ${asked}:\n${body.toString("utf8", 0, 2_000)}`);
}
