import { setTimeout as sleep } from "node:timers/promises";
import { DomainError } from "../../../errors.ts";
import type { Pace } from "./Pace.ts";

const LONGEST_DELAY_MS = 30_000;
const LONGEST_ASKED_MS = 120_000; // a server that asks for more is not waited for
const SHOWN = 200; // characters of an error's body
const PASSING = new Set([408, 409, 425, 429]);

export interface Post {
  readonly url: string;
  /** Sent as a bearer token, and shown nowhere. */
  readonly key: string | null;
  /** Of one attempt. */
  readonly timeoutMs: number;
  readonly attempts: number;
  /** Before the second attempt; twice as long each time. */
  readonly firstDelayMs: number;
  readonly pace: Pace;
  /** What is asked for, in words; "embeddings" where absent. */
  readonly expected?: string;
}

/** An attempt that failed: whether another one may succeed, and when. */
interface Failure {
  readonly reason: string;
  readonly passing: boolean;
  /** What the server asks for. */
  readonly delayMs: number | null;
}

/**
 * Posts JSON and gives the answer's. Network errors, 429 and 5xx are tried again after Retry-After, or else after
 * an exponential delay with jitter.
 * @throws {DomainError} UNAVAILABLE once the attempts are used up, CONFIGURATION where the request itself is refused
 */
export async function postJSON(post: Post, body: object): Promise<unknown> {
  const { url, attempts, firstDelayMs, pace, expected = "embeddings" } = post;
  for (let attempt = 1; ; attempt++) {
    await pace.wait();
    const outcome = await tryOnce(post, JSON.stringify(body));
    if ("answer" in outcome) return outcome.answer;
    const { reason, passing, delayMs } = outcome;
    if (!passing) throw new DomainError("CONFIGURATION", `${url} ${reason}; expected ${expected}`);
    if (attempt >= attempts || (delayMs ?? 0) > LONGEST_ASKED_MS) {
      throw new DomainError(
        "UNAVAILABLE",
        `${url} ${reason}, after ${attempt} attempts; expected ${expected}`,
      );
    }
    const longest = Math.min(LONGEST_DELAY_MS, firstDelayMs * 2 ** (attempt - 1));
    await sleep(delayMs ?? longest * (0.5 + Math.random() / 2));
  }
}

async function tryOnce(
  { url, key, timeoutMs }: Post,
  body: string,
): Promise<{ readonly answer: unknown } | Failure> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (!response.ok) return refusalOf(response, hide(text, key));
    return parse(text, key);
  } catch (error) {
    return { reason: `cannot be reached: ${reasonOf(error, timeoutMs)}`, passing: true, delayMs: null };
  }
}

function refusalOf({ status, headers }: Response, text: string): Failure {
  const shown = text.trim() === "" ? "" : `: ${text.trim().slice(0, SHOWN)}`;
  return {
    reason: `answers ${status}${shown}`,
    passing: status >= 500 || PASSING.has(status),
    delayMs: readRetryAfter(headers.get("retry-after")),
  };
}

function parse(text: string, key: string | null): { readonly answer: unknown } | Failure {
  try {
    return { answer: JSON.parse(text) };
  } catch {
    const reason = `answers what is not JSON: ${hide(text, key).slice(0, SHOWN)}`;
    return { reason, passing: false, delayMs: null };
  }
}

/** Seconds, or a date of HTTP. */
function readRetryAfter(text: string | null): number | null {
  if (text === null) return null;
  if (/^\d+(\.\d+)?$/.test(text.trim())) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${timeoutMs} ms`;
  const { cause } = error; // fetch says only "fetch failed"
  return cause instanceof Error ? cause.message || error.message : error.message;
}

function hide(text: string, key: string | null): string {
  return key ? text.replaceAll(key, "…") : text;
}
