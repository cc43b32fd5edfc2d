const steps: (() => unknown)[] = [];

/** Has something given back when the running test file has ended, the last first, wherever it was taken: in a test, too. */
export function undoAfterFile(step: () => unknown): void {
  steps.push(step);
}

/** Gives everything back, even where some of it fails; then throws the first failure. */
export async function undoAll(): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps.splice(0).reverse()) {
    await Promise.resolve()
      .then(step)
      .catch((failure) => failures.push(failure));
  }
  if (failures.length > 0) throw failures[0];
}
