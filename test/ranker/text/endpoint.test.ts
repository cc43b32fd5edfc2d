import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type EndpointOptions, openEndpoint } from "../../../src/ranker/text/endpoint/openEndpoint.ts";

interface Asked {
  readonly path: string;
  readonly key: string | undefined;
  readonly body: { readonly model: string; readonly input: readonly string[] };
  readonly at: number;
}

type Answer = (response: ServerResponse, asked: Asked) => void;

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

/** A server that gives each request the next of `answers`, and the last one for ever. */
async function serve(...answers: Answer[]): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  server = createServer(async (request: IncomingMessage, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const { url = "", headers } = request;
    const one = { path: url, key: headers.authorization, body: JSON.parse(text), at: performance.now() };
    asked.push(one);
    answers[Math.min(asked.length, answers.length) - 1](response, one);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked };
}

/** [length of the text, 3, 4] */
function vectorOf(text: string): number[] {
  return [text.length, 3, 4];
}
const reply = (response: ServerResponse, body: unknown) => {
  response.setHeader("content-type", "application/json").end(JSON.stringify(body));
};
const good: Answer = (response, { body }) =>
  reply(response, { data: body.input.map((text, index) => ({ index, embedding: vectorOf(text) })) });
const refuse =
  (status: number, text = "", headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, headers).end(text);

function open(url: string, options: Partial<EndpointOptions> = {}) {
  return openEndpoint({ url, model: "tiny", firstDelayMs: 1, attempts: 4, timeoutMs: 300, ...options });
}

describe("an encoder behind an endpoint", () => {
  it("sends the model, the key and batches, and gives vectors of length 1 in the order of the texts", async () => {
    const { url, asked } = await serve(good);
    const encoder = await open(`${url}/`, { key: "secret", textsPerRequest: 2 });
    expect(encoder).toMatchObject({ id: "openai:tiny", dim: 3 });
    const vectors = await encoder.encode(["", "a\n b", "…", "abcdefghijklmnopqrstuvwx"]);
    expect(vectors[0]).toBe(null);
    expect(vectors[2]).toBe(null);
    // "a b": [3, 3, 4] over √34; 24 letters: [24, 3, 4] over √601
    expect(vectors[1]?.[0]).toBeCloseTo(3 / Math.sqrt(34), 6);
    expect(vectors[3]?.[0]).toBeCloseTo(24 / Math.sqrt(601), 6);
    expect(encoder.whyNot("…")).toBe("no letters and no digits");
    await encoder.encode(["a", "b", "c"]);
    expect(asked.map(({ body }) => body.input)).toEqual([
      ...[["whygraph"], ["a b", "abcdefghijklmnopqrstuvwx"], ["a", "b"], ["c"]],
    ]);
    expect(new Set(asked.map(({ path, key, body }) => `${path} ${key} ${body.model}`))).toEqual(
      new Set(["/v1/embeddings Bearer secret tiny"]),
    );
  });

  it("puts vectors where their index says, whatever their order", async () => {
    const { url } = await serve(good, (response, { body }) => {
      const data = body.input.map((text, index) => ({ index, embedding: vectorOf(text) }));
      reply(response, { data: data.reverse() });
    });
    const [one, two] = await (await open(url)).encode(["a", "abc"]);
    expect(one?.[0]).toBeCloseTo(1 / Math.sqrt(26), 6);
    expect(two?.[0]).toBeCloseTo(3 / Math.sqrt(34), 6);
  });

  it("tries again after 429, 500, a closed socket, a cut answer and silence", async () => {
    const answers: Answer[] = [
      refuse(429),
      refuse(500, "oops"),
      (response) => response.destroy(),
      (response) => {
        response.writeHead(200, { "content-length": "1000" }).write('{"data": [');
        setTimeout(() => response.destroy(), 5);
      },
      () => undefined,
      good,
    ];
    const { url, asked } = await serve(...answers);
    expect((await open(url, { attempts: 6 })).dim).toBe(3);
    expect(asked).toHaveLength(6);
  });

  it("waits as long as Retry-After says, in seconds or until a date", async () => {
    const date = new Date(Date.now() + 1_500).toUTCString(); // whole seconds: at least half a second from now
    const { url, asked } = await serve(
      refuse(429, "", { "retry-after": "0.4" }),
      refuse(503, "", { "retry-after": date }),
      good,
    );
    await open(url);
    expect(asked[1].at - asked[0].at).toBeGreaterThan(390);
    expect(Date.parse(date) - Date.now()).toBeLessThan(50);
  });

  it("gives up after its attempts, says why, and shows no key", async () => {
    const { url, asked } = await serve(refuse(503, "no room for Bearer top-secret"));
    const failure = open(url, { key: "top-secret" });
    await expect(failure).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: `${url}/embeddings answers 503: no room for Bearer …, after 4 attempts; expected embeddings`,
    });
    expect(asked).toHaveLength(4);
  });

  it("does not try again what is refused for good", async () => {
    const { url, asked } = await serve(refuse(401, '{"error": "bad key k3y"}'));
    await expect(open(url, { key: "k3y" })).rejects.toMatchObject({
      code: "CONFIGURATION",
      message: `${url}/embeddings answers 401: {"error": "bad key …"}; expected embeddings`,
    });
    expect(asked).toHaveLength(1);
  });

  it("does not wait for a server that asks for an hour", async () => {
    const { url, asked } = await serve(refuse(429, "", { "retry-after": "3600" }));
    await expect(open(url)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(asked).toHaveLength(1);
  });

  it("says that nobody listens", async () => {
    const { url } = await serve(good);
    server?.close();
    server?.closeAllConnections();
    await expect(open(url, { attempts: 2 })).rejects.toThrow(
      /cannot be reached: .*ECONNREFUSED.*after 2 attempts/,
    );
  });

  it.each<[string, unknown, RegExp]>([
    ["a vector of another length", { data: [{ index: 0, embedding: [1, 2] }] }, /2 numbers instead of 3/],
    ["too few vectors", { data: [] }, /0 vectors for 1 texts/],
    ["an index out of range", { data: [{ index: 1, embedding: [1, 2, 3] }] }, /the index 1 among 1 texts/],
    ["something that is no number", { data: [{ index: 0, embedding: [1, null, 3] }] }, /a vector with null/],
    ["no list", { error: "x" }, /no list data for 1 texts/],
    ["no embedding", { data: [{ index: 0 }] }, /an entry without an embedding/],
  ])("refuses %s", async (_, body, message) => {
    const { url } = await serve(good, (response) => reply(response, body));
    const encoder = await open(url);
    await expect(encoder.encode(["a"])).rejects.toThrow(message);
  });

  it("refuses an answer that is not JSON, and an index that comes twice", async () => {
    const twice = [0, 0].map((index) => ({ index, embedding: [1, 2, 3] }));
    const { url } = await serve(good, refuse(200, "<html>"), (response) => reply(response, { data: twice }));
    const encoder = await open(url);
    await expect(encoder.encode(["a"])).rejects.toThrow("answers what is not JSON: <html>");
    await expect(encoder.encode(["a", "b"])).rejects.toThrow("the index 0 twice");
  });

  it("keeps to a rate of requests", async () => {
    const { url, asked } = await serve(good);
    const start = performance.now();
    const encoder = await open(url, { requestsPerMinute: 600, textsPerRequest: 1 }); // one each 100 ms
    await encoder.encode(["a", "b", "c"]);
    expect(asked[3].at - start).toBeGreaterThan(299); // three gaps after the first
    expect(asked).toHaveLength(4);
  });

  it("estimates tokens from above for scripts without spaces", async () => {
    const encoder = await open((await serve(good)).url);
    expect([encoder.countTokens("abcdefgh"), encoder.countTokens("千と千尋")]).toEqual([2, 4]);
  });
});
