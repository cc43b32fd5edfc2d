import type { Interruption } from "../kg/jobs/JobLease.ts";

/** How a job ends that is not done. */
export interface End {
  readonly status: "CANCELLED" | "FAILED";
  readonly error: string | null;
}

/** How a job ends by the reason of its abort. */
const INTERRUPTED: Readonly<Record<Interruption | "STOPPED", End>> = {
  CANCELLED: { status: "CANCELLED", error: null },
  STOPPED: { status: "CANCELLED", error: "the process that ran it was stopped" },
  LOST: { status: "FAILED", error: "its connection to the database was lost" },
};

/** Tells how a job ends that was aborted, or met an error. */
export function describeEnd({ aborted, reason }: AbortSignal, { message }: Error): End {
  return aborted ? INTERRUPTED[reason as Interruption] : { status: "FAILED", error: message };
}

/** Tells on the console that the end of a job could not be written down. */
export function complain(error: Error): void {
  console.error(`whygraph: a job cannot be kept up to date: ${error.message}`);
}
