/** Everything that must be given back, and the wish to stop. */
export interface Shutdown {
  /** Resolves when a stop is wanted; rejects when the server can no longer work. */
  readonly requested: Promise<void>;
  /** Adds a step of giving back; steps run in reverse order. */
  add(step: () => Promise<void>): void;
  /** Waits for `work`, or gives null once a stop is wanted before it is done. */
  race<T>(work: Promise<T>): Promise<T | null>;
  /** Ends `requested` with an error. */
  fail(error: Error): void;
  run(): Promise<void>;
}

const ECHO_MS = 500; // npm and a terminal may both send the one Ctrl-C

/** Listens for SIGINT, SIGTERM and SIGHUP; a second one ends the process at once, without waiting for requests. */
export function makeShutdown(): Shutdown {
  const steps: (() => Promise<void>)[] = [];
  const { promise, resolve, reject } = withResolvers();
  promise.catch(() => undefined); // whoever awaits it hears of it
  let wanted = 0;
  const onSignal = (): void => {
    if (wanted && Date.now() - wanted > ECHO_MS) process.exit(130); // Postgres ends with this process
    wanted ||= Date.now();
    resolve();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  let running: Promise<void> | null = null;
  const add = (step: () => Promise<void>): void => {
    if (running)
      void step().catch(() => undefined); // opened while everything was being closed already
    else steps.push(step);
  };
  return {
    requested: promise,
    add,
    race: (work) => {
      work.catch(() => undefined); // a stop breaks what is under way
      return Promise.race([work, promise.then(() => null)]);
    },
    fail: reject,
    run: () => {
      running ??= runSteps(steps);
      return running;
    },
  };
}

/** One step that fails does not keep the others from running; the first failure is thrown in the end. */
async function runSteps(steps: (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (let step = steps.pop(); step; step = steps.pop()) {
    try {
      await step();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

function withResolvers() {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
