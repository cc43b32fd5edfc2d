import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readAll } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { chatOptionsOf } from "../../src/reader/chatOptionsOf.ts";
import { openChat } from "../../src/reader/openChat.ts";
import type { Reader } from "../../src/text/extract/extractTriples.ts";
import { extractWithModel } from "../../src/text/model/extractWithModel.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { openReader, told } from "./support.ts";

interface Request {
  readonly authorization: string | undefined;
  readonly body: ReturnType<typeof JSON.parse>;
}

/** What the server does with its next requests, before it answers properly. */
let failures: { readonly status: number; readonly headers?: Record<string, string> }[] = [];
let requests: Request[] = [];
let server: Server;
let url: string;
let reader: Reader;

beforeAll(async () => {
  server = createServer((request, response) => {
    void respond(request).then(({ status, body, headers }) => response.writeHead(status, headers).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const db = await createTestDatabase();
  await insertFilms(db);
  reader = await openReader(db);
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  failures = [];
  requests = [];
});

async function respond(request: IncomingMessage) {
  const body = JSON.parse(await readAll(request));
  requests.push({ authorization: request.headers.authorization, body });
  const failure = failures.shift();
  if (failure) return { status: failure.status, headers: failure.headers, body: "busy" };
  if (request.url !== "/v1/chat/completions") return { status: 404, body: "no such place" };
  const content = JSON.stringify({ triples: triplesFor(body) });
  return { status: 200, body: JSON.stringify({ choices: [{ message: { content } }] }) };
}

/** A small model: it knows one phrase, uses the relation that the schema allows, and makes things up besides. */
function triplesFor({ messages, response_format }: Request["body"]): object[] {
  const user: string = messages.at(-1).content;
  const { relation } = response_format.json_schema.schema.properties.triples.items.properties;
  const found = [...user.matchAll(/([A-Z][\w ]+?) stood behind the camera of ([A-Z][\w ]+?)[.,]/g)];
  return found.flatMap(([quote, person, film]) => [
    { head: film, relation: relation.enum.find((key: string) => key === "directed_by"), tail: person, quote },
    { head: film, relation: "produced_by", tail: person, quote }, // no relation of the graph
    { head: film, relation: "starring", tail: person, quote: `${person} starred in ${film}` }, // not in the text
    { head: "Nostromo", relation: "directed_by", tail: person, quote }, // not named in the text
    { head: person, relation: "has_genre", tail: film, quote: 7 }, // no triple
  ]);
}

const TEXT =
  "Ridley Scott stood behind the camera of Gladiator. Greta Gerwig stood behind the camera of Lady Bird.";
const open = (more: object = {}) =>
  openChat({ url, model: "small", key: "secret", firstDelayMs: 5, ...more });

describe("extractWithModel", () => {
  it("keeps what the text says to the letter, in relations of the graph, and nothing else", async () => {
    const found = await extractWithModel(TEXT, reader, open());
    expect(found.map(told)).toEqual([
      "movie:gladiator directed_by person:ridley-scott",
      "?movie:Lady Bird directed_by ?person:Greta Gerwig",
    ]);
    for (const { span, method, confidence } of found) {
      expect(TEXT.slice(span.start, span.end)).toBe(span.quote);
      expect(method).toBe("MODEL");
      expect(confidence).toBe(0.5); // nothing was labelled with this model: (0 + 1) ÷ (0 + 2)
    }
    expect(found.map(({ known }) => known)).toEqual([true, false]);
  });

  it("sends the text as data, the graph's relations as the only ones, and the key as a bearer token", async () => {
    await extractWithModel(TEXT, reader, open());
    const [{ authorization, body }] = requests;
    expect(authorization).toBe("Bearer secret");
    expect(body).toMatchObject({
      model: "small",
      temperature: 0,
      messages: [{ role: "system" }, { role: "user", content: TEXT }],
    });
    const { strict, schema } = body.response_format.json_schema;
    expect(strict).toBe(true);
    expect(schema.properties.triples.items.properties.relation.enum).toEqual(
      reader.graph.relations.map(({ key }) => key),
    );
  });
});

describe("openChat", () => {
  const request = { system: "s", user: "Nothing.", schema: { name: "n", schema: triplesSchema() } };

  it("tries again what passes by", async () => {
    failures = [{ status: 503 }, { status: 429, headers: { "retry-after": "0" } }];
    expect(await open()(request)).toEqual({ triples: [] });
    expect(requests).toHaveLength(3);
  });

  it("gives up after its attempts, and does not repeat the key", async () => {
    failures = [{ status: 500 }, { status: 500 }];
    await expect(open({ attempts: 2 })(request)).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringMatching(
        /^(?!.*secret).*answers 500.*after 2 attempts; expected a chat completion/,
      ),
    });
  });

  it("does not try again what is refused", async () => {
    await expect(open({ url: `${url}/elsewhere` })(request)).rejects.toMatchObject({ code: "CONFIGURATION" });
    expect(requests).toHaveLength(1);
  });
});

function triplesSchema() {
  const relation = { type: "string", enum: ["directed_by"] };
  return { properties: { triples: { items: { properties: { relation } } } } };
}

it("takes a model from the settings only where both address and name are there", () => {
  const none = { url: null, model: null, key: null };
  expect(chatOptionsOf({ extraction: none })).toBeNull();
  expect(chatOptionsOf({ extraction: { url: "http://x/v1", model: "m", key: null } })).toEqual({
    ...{ url: "http://x/v1", model: "m", key: null },
  });
  expect(() => chatOptionsOf({ extraction: { ...none, url: "http://x/v1" } })).toThrow(
    "WHYGRAPH_EXTRACTION_URL is set and WHYGRAPH_EXTRACTION_MODEL is not; expected both or neither",
  );
});
