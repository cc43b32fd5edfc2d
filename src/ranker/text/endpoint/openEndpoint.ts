import { DomainError } from "../../../errors.ts";
import { collapseSpace } from "../collapseSpace.ts";
import type { Encoder } from "../Encoder.ts";
import { scaleToUnit } from "../scaleToUnit.ts";
import { Pace } from "./Pace.ts";
import { type Post, postJSON } from "./postJSON.ts";
import { readEmbeddings } from "./readEmbeddings.ts";

export interface EndpointOptions {
  /** What stands before "/embeddings", e.g. "http://127.0.0.1:11434/v1". */
  readonly url: string;
  readonly model: string;
  readonly key?: string | null;
  /** Null where unlimited. */
  readonly requestsPerMinute?: number | null;
  readonly textsPerRequest?: number;
  readonly maxTokens?: number;
  /** Of one attempt. */
  readonly timeoutMs?: number;
  readonly attempts?: number;
  readonly firstDelayMs?: number;
}

/**
 * Opens an encoder behind an endpoint that speaks OpenAI's embeddings. One request finds whether it answers, and
 * how long its vectors are.
 * @throws {DomainError} UNAVAILABLE where it does not answer, CONFIGURATION where it refuses or answers something else
 * @see https://platform.openai.com/docs/api-reference/embeddings
 */
export async function openEndpoint(options: EndpointOptions): Promise<Encoder> {
  const { model, textsPerRequest = 64, maxTokens = 512 } = options;
  const post = makePost(options);
  const ask = async (input: readonly string[], dim: number | null): Promise<Float32Array[]> => {
    const answer = await postJSON(post, { model, input, encoding_format: "float" });
    try {
      return readEmbeddings(answer, input.length, dim).map(scaleToUnit);
    } catch (error) {
      throw new DomainError(
        "CONFIGURATION",
        `${post.url} answers ${(error as Error).message}; expected one vector of ${dim ?? "any"} numbers per text`,
      );
    }
  };
  const [{ length: dim }] = await ask(["whygraph"], null);
  const whyNot = (text: string) => (/[\p{L}\p{N}]/u.test(text) ? null : "no letters and no digits");
  return {
    ...{ id: `openai:${model}`, dim, languages: ["*"], maxTokens, countTokens, whyNot },
    async encode(texts) {
      const vectors = texts.map((): Float32Array | null => null);
      const places = [...texts.keys()].filter((at) => whyNot(texts[at]) === null);
      for (let start = 0; start < places.length; start += textsPerRequest) {
        const part = places.slice(start, start + textsPerRequest);
        const found = await ask(
          part.map((at) => collapseSpace(texts[at])),
          dim,
        );
        part.forEach((at, row) => {
          vectors[at] = found[row];
        });
      }
      return vectors;
    },
  };
}

function makePost(options: EndpointOptions): Post {
  const { url, key = null, requestsPerMinute = null } = options;
  const { timeoutMs = 60_000, attempts = 6, firstDelayMs = 500 } = options;
  const pace = new Pace(requestsPerMinute);
  return { url: `${url.replace(/\/+$/, "")}/embeddings`, key, timeoutMs, attempts, firstDelayMs, pace };
}

/** An estimate from above: 4 ASCII characters make a token, any other character makes one by itself. */
function countTokens(text: string): number {
  let ascii = 0;
  let other = 0;
  for (const character of collapseSpace(text)) {
    if (character < "\u0080") ascii++;
    else other++;
  }
  return Math.ceil(ascii / 4) + other;
}
