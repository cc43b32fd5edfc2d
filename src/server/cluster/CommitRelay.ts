import type { Worker } from "node:cluster";
import { readMessage } from "./messages.ts";

type Peer = Pick<Worker, "id" | "send" | "on">;

/** Passes on what one worker has committed, and tells it when all others have taken note; the end of one counts as that. */
export class CommitRelay {
  readonly #workers = new Map<number, Peer>();
  readonly #open = new Map<number, { readonly missing: Set<number>; readonly done: () => void }>();
  #next = 1;

  add(worker: Peer): void {
    this.#workers.set(worker.id, worker);
    worker.on("message", (value: unknown) => {
      const message = readMessage(value);
      if (message?.type === "committed") this.#pass(worker, message);
      if (message?.type === "noted") this.#note(message.id, worker.id);
    });
    worker.on("exit", () => {
      this.#workers.delete(worker.id);
      for (const id of [...this.#open.keys()]) this.#note(id, worker.id);
    });
  }

  #pass(from: Peer, { revision, id }: { readonly revision: string; readonly id: number }): void {
    const others = [...this.#workers.values()].filter((worker) => worker.id !== from.id);
    const relayed = this.#next++;
    const done = () => void from.send({ type: "known", id });
    if (others.length === 0) done();
    else this.#open.set(relayed, { missing: new Set(others.map((worker) => worker.id)), done });
    for (const worker of others) worker.send({ type: "committed", revision, id: relayed });
  }

  #note(id: number, worker: number): void {
    const open = this.#open.get(id);
    open?.missing.delete(worker);
    if (!open || open.missing.size > 0) return;
    this.#open.delete(id);
    open.done();
  }
}
