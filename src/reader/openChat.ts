import { DomainError } from "../errors.ts";
import { Pace } from "../ranker/text/endpoint/Pace.ts";
import { type Post, postJSON } from "../ranker/text/endpoint/postJSON.ts";
import type { Chat } from "../text/model/extractWithModel.ts";

export interface ChatOptions {
  /** What stands before "/chat/completions", e.g. "http://127.0.0.1:11434/v1". */
  readonly url: string;
  readonly model: string;
  readonly key?: string | null;
  /** Of one attempt. */
  readonly timeoutMs?: number;
  readonly attempts?: number;
  readonly firstDelayMs?: number;
}

/**
 * Opens a language model behind an endpoint that speaks OpenAI's chat completions with structured output. What
 * passes by (no network, 429, 5xx) is tried again, later each time. Asking
 * @throws {DomainError} UNAVAILABLE where it does not answer, CONFIGURATION where it refuses or answers no JSON
 * @see https://platform.openai.com/docs/guides/structured-outputs
 */
export function openChat({ url, model, key = null, ...options }: ChatOptions): Chat {
  const { timeoutMs = 120_000, attempts = 4, firstDelayMs = 500 } = options;
  const post: Post = {
    ...{ url: `${url.replace(/\/+$/, "")}/chat/completions`, key, timeoutMs, attempts, firstDelayMs },
    ...{ pace: new Pace(null), expected: "a chat completion" },
  };
  return async ({ system, user, schema }) => {
    const answer = await postJSON(post, {
      ...{ model, temperature: 0 },
      messages: [
        { role: "system", content: system },
        { role: "user", content: user },
      ],
      response_format: { type: "json_schema", json_schema: { ...schema, strict: true } },
    });
    return readContent(answer, post.url);
  };
}

function readContent(answer: unknown, url: string): unknown {
  const choice = (answer as { choices?: { message?: { content?: unknown } }[] } | null)?.choices?.[0];
  const content = choice?.message?.content;
  try {
    if (typeof content === "string") return JSON.parse(content);
  } catch {
    // told below
  }
  const shown = typeof content === "string" ? JSON.stringify(content.slice(0, 100)) : "no content";
  throw new DomainError("CONFIGURATION", `${url} answers ${shown}; expected JSON, as its schema asks`);
}
