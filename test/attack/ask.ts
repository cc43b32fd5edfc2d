import type { Outcome, Target } from "./types.ts";

const PATIENCE_MS = 15_000;
const MOST_READ = 64 * 1_048_576;

/** An HTTP answer; status 0 where none came in time, or the connection broke. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly headers: Headers;
  readonly text: string;
  readonly milliseconds: number;
}

/** Sends one request, and waits for at most 15 s. */
export async function send(url: string, init: RequestInit = {}): Promise<Reply> {
  const started = performance.now();
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    const text = (await response.text()).slice(0, MOST_READ);
    const type = response.headers.get("content-type") ?? "";
    return {
      status: response.status,
      type,
      headers: response.headers,
      text,
      milliseconds: performance.now() - started,
    };
  } catch (error) {
    const { name, cause } = error as Error & { cause?: Error };
    const text = name === "TimeoutError" ? "no answer in 15 s" : String(cause ?? error);
    return { status: 0, type: "", headers: new Headers(), text, milliseconds: performance.now() - started };
  }
}

/** Sends a GraphQL request as a client does, with the key of a viewer or another. */
export function post(
  { url, keys }: Target,
  body: unknown,
  { key = keys.viewer, headers = {} }: { key?: string | null; headers?: Record<string, string> } = {},
): Promise<Reply> {
  return send(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** Whether an answer holds data. */
export function hasData({ text }: Reply): boolean {
  try {
    const answer = JSON.parse(text);
    return Object.values((Array.isArray(answer) ? answer[0] : answer)?.data ?? {}).some(
      (value) => value !== null,
    );
  } catch {
    return false;
  }
}

/** The attack succeeds where it was given data. */
export function wantsData(reply: Reply): Outcome {
  return { succeeded: hasData(reply), told: tell(reply) };
}

/** The attack succeeds where the server fails, or says what is inside it. */
export function wantsFailure(reply: Reply): Outcome {
  const leaks = LEAKS.exec(reply.text)?.[0];
  const succeeded = reply.status === 0 || reply.status >= 500 || leaks !== undefined || isBug(reply.text);
  return { succeeded, told: leaks === undefined ? tell(reply) : `${reply.status}, leaks "${leaks}"` };
}

const LEAKS =
  /invalid byte sequence[^"]{0,40}|syntax error (at|in)[^"]{0,40}|out of range for type[^"]{0,20}|terminating connection[^"]{0,40}|canceling statement[^"]{0,40}|node_modules[^"]{0,40}|Maximum call stack[^"]{0,20}|\bat [\w.]+ \(\S+:\d+:\d+\)|relation \\"\w+\\" does not/;

function isBug(text: string): boolean {
  return /"INTERNAL_SERVER_ERROR"/.test(text);
}

/** The status, the code or the beginning of what was answered, and how long it took. */
export function tell({ status, text, type, milliseconds }: Reply): string {
  if (status === 0) return text.slice(0, 60);
  const code = /"code":"(\w+)"/.exec(text)?.[1] ?? (type.includes("html") ? "HTML" : "");
  return `${status} ${code} ${text.length} B in ${Math.round(milliseconds)} ms`.replace(/ {2,}/g, " ");
}
