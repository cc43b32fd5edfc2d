import type { Server } from "node:http";
import { DomainError } from "../errors.ts";

/**
 * Takes the port.
 * @throws {DomainError} UNAVAILABLE where it cannot be had, with a way out
 */
export function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} on ${host} is in use by another program; stop it, or choose another with PORT=${port + 1}`,
    EACCES: `port ${port} may not be opened by this user; choose one above 1023 with PORT=4000`,
    EADDRNOTAVAIL: `this machine has no address ${host}; choose one of its own with HOST=127.0.0.1`,
    ENOTFOUND: `the host ${host} is unknown; choose an address of this machine with HOST=127.0.0.1`,
  };
  const reason = reasons[error.code ?? ""];
  return reason ? new DomainError("UNAVAILABLE", reason) : error;
}
