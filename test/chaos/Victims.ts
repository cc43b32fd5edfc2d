import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Order } from "./victim.ts";

const SCRIPT = fileURLToPath(new URL("victim.ts", import.meta.url));

/** How a victim ended. */
export interface Death {
  readonly signal: string | null;
  /** Statements that it sent, where it lived. */
  readonly statements: number | null;
  /** Why its edit failed, where it lived on without Postgres. */
  readonly failed: string | null;
}

/** Processes that each make one edit; the next one starts while the last one works. */
export class Victims {
  #next = this.#start();

  async run(order: Order): Promise<Death> {
    const child = this.#next;
    this.#next = this.#start();
    let statements: number | null = null;
    let failed: string | null = null;
    child.on("message", (answer: { readonly statements?: number; readonly failed?: string }) => {
      statements = answer.statements ?? null;
      failed = answer.failed ?? null;
    });
    const ended = once(child, "close");
    child.send(order);
    const [, signal] = await ended;
    return { signal, statements, failed };
  }

  close(): void {
    this.#next.kill("SIGKILL");
  }

  #start(): ChildProcess {
    return fork(SCRIPT, [], {
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
  }
}
