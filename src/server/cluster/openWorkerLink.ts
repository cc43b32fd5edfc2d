import { type Message, readMessage } from "./messages.ts";

const PATIENCE_MS = 500; // a worker that does not answer by then is ending, or about to be

/** What a worker knows of the others. */
export interface WorkerLink {
  /** Tells the primary process that this one serves. */
  ready(): void;
  /** Resolves when no other worker answers from a memory older than `revision` any more. */
  committed(revision: string): Promise<void>;
  /** Calls back with what other workers have committed. */
  onCommitted(callback: (revision: string) => void): void;
  /** Gives up the channel, which would keep the process alive. */
  close(): void;
}

/** Opens the link of a worker to the primary process of its cluster, over `worker`: the process itself. */
export function openWorkerLink(worker: Pick<NodeJS.Process, "send" | "on" | "disconnect">): WorkerLink {
  const send = (message: Message) => void worker.send?.(message);
  const waiting = new Map<number, () => void>();
  let tellOf: (revision: string) => void = () => undefined;
  let next = 1;
  worker.on("message", (value: unknown) => {
    const message = readMessage(value);
    if (message?.type === "known") waiting.get(message.id)?.();
    if (message?.type !== "committed") return;
    tellOf(message.revision);
    send({ type: "noted", id: message.id });
  });
  return {
    ready: () => send({ type: "ready" }),
    committed: (revision) =>
      new Promise((resolve) => {
        const id = next++;
        const end = () => {
          clearTimeout(patience);
          waiting.delete(id);
          resolve();
        };
        const patience = setTimeout(end, PATIENCE_MS);
        waiting.set(id, end);
        send({ type: "committed", revision, id });
      }),
    close: () => worker.disconnect?.(),
    onCommitted: (callback) => {
      tellOf = callback;
    },
  };
}
