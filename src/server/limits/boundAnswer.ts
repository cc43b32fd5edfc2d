import type { ServerResponse } from "node:http";
import { HttpError } from "../reply.ts";

const READ_MS = 30_000;

/** @throws {HttpError} 422 where an answer is longer than it may be */
export function assertAnswerSize(text: string, most: number): void {
  if (text.length <= most / 3) return; // at most three bytes for each
  const bytes = Buffer.byteLength(text);
  if (bytes <= most) return;
  const what = `the answer has ${bytes} bytes, expected at most ${most}`;
  throw new HttpError(422, "LIMIT_EXCEEDED", `${what}; ask for smaller pages (first) or fewer fields`);
}

/**
 * Hangs up on a client that has not taken its answer half a minute after it was sent: until then it is held in memory.
 * Most answers are with the operating system at once, and need no watching.
 */
export function cutSlowReader(response: ServerResponse, milliseconds = READ_MS): void {
  if (response.destroyed || response.writableLength === 0) return;
  const timer = setTimeout(() => response.destroy(), milliseconds);
  response.once("close", () => clearTimeout(timer));
}
