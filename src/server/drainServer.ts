import type { Server } from "node:http";
import { Server as Listener } from "node:net";

/** How long a server waits, in milliseconds. */
export interface Patience {
  /** For the next request of a connection that is open: clients that keep one learn from its answer that it ends. */
  readonly idleMs: number;
  /** For running requests. */
  readonly mostMs: number;
}

/**
 * Takes no more connections, and resolves when those that are open have ended. Whoever answers from now on says
 * `connection: close`, so that what is idle after `idleMs` has been so since then; it is closed just after everything
 * that has arrived was read. Connections that are still open after `mostMs` are cut.
 */
export function drainServer(server: Server, { idleMs, mostMs }: Patience): Promise<void> {
  return new Promise((resolve) => {
    const closeIdle = () => setImmediate(() => server.closeIdleConnections()); // the poll for data comes before
    let often: NodeJS.Timeout | undefined;
    const patience = setTimeout(() => {
      closeIdle();
      often = setInterval(closeIdle, 50);
    }, idleMs);
    const most = setTimeout(() => server.closeAllConnections(), mostMs);
    // An HTTP server's own `close` ends idle connections at once, with the requests that are on their way in them.
    Listener.prototype.close.call(server, () => {
      clearTimeout(patience);
      clearInterval(often);
      clearTimeout(most);
      resolve();
    });
  });
}
