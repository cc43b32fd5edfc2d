const WORK_MS = 4; // of one turn of the event loop, before others wait for the next

/**
 * Makes what long synchronous work waits for, so that the event loop is let go between one piece and the next: sockets
 * are read, and whoever asks for little (a health check, an answer that is kept) does not wait for all who ask for much.
 * It gives undefined while this turn of the loop has done little: the work is to begin at once. Else it resolves in a turn
 * of its own, first come, first served.
 */
export function makeLetGo(workMs = WORK_MS): () => Promise<void> | undefined {
  const waiting: (() => void)[] = [];
  let began: number | null = null; // null until work of this turn begins
  const begin = () => {
    began = performance.now();
    setImmediate(turn);
  };
  const turn = () => {
    began = null;
    const next = waiting.shift();
    if (!next) return;
    begin();
    next();
  };
  return () => {
    if (began === null) begin();
    else if (waiting.length > 0 || performance.now() - began >= workMs) {
      return new Promise((resolve) => waiting.push(resolve));
    }
    return undefined;
  };
}
