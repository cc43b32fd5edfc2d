import { setTimeout as sleep } from "node:timers/promises";
import { createClient as createEventClient } from "graphql-sse";
import { createClient as createSocketClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { type App, createApp } from "../../src/app.ts";
import { makeAuthenticate } from "../../src/auth.ts";
import { formatError } from "../../src/formatError.ts";
import { createKey, revokeKey } from "../../src/keys.ts";
import type { Database } from "../../src/kg/database.ts";
import { reportProgress } from "../../src/kg/jobs/updateJob.ts";
import { DEFAULT_LIMITS } from "../../src/limits.ts";
import { globalId } from "../../src/schema/globalId.ts";
import { createGraphql } from "../../src/server/createGraphql.ts";
import { type HttpServer, openServer } from "../../src/server/openServer.ts";
import { openSubscriptions, type Subscriptions } from "../../src/server/subscriptions/openSubscriptions.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the JSON that it is
type Json = any;

/** A process of the gateway over real HTTP. */
interface Process {
  readonly app: App;
  readonly http: HttpServer;
  readonly subscriptions: Subscriptions;
}

let db: Database;
let admin: string;
let viewer: string;
const processes: Process[] = [];
beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  admin = (await createKey(db, "adam", "ADMIN")).key;
  viewer = (await createKey(db, "vera", "VIEWER")).key;
  for (let i = 0; i < 2; i++) processes.push(await openProcess());
  await processes[0].app.fitIfNone(() => undefined);
});
afterAll(async () => {
  for (const { app, http, subscriptions } of processes) {
    await subscriptions.close();
    await http.close();
    await app.close();
  }
});

async function openProcess(): Promise<Process> {
  const app = await createApp(db);
  const http = await openServer("127.0.0.1", 0, ["https://shop.example"]);
  const authenticate = makeAuthenticate(db, { openReading: true, notices: app.snapshot });
  const options = {
    ...{ schema: app.schema, authenticate, createContext: app.createContext, formatError },
    recheckMs: 100, // five seconds otherwise
    limits: { ...DEFAULT_LIMITS, aliases: 200 }, // for events of 100 kB
  };
  http.state.graphql = await createGraphql(options);
  const subscriptions = openSubscriptions(options);
  http.state.subscriptions = subscriptions;
  http.state.stage = "ready";
  return { app, http, subscriptions };
}

const [WEB_SOCKET, EVENTS] = ["graphql-ws", "graphql-sse"] as const;

/** Subscribes with the official client of a protocol, to the second process; edits go to the first. */
function subscribe(
  by: string,
  query: string,
  key?: string,
): { readonly events: AsyncIterator<Json>; close(): void } {
  const { url } = processes[1].http;
  if (by === EVENTS) {
    const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
    const client = createEventClient({ url: `${url}/graphql/stream`, headers, retryAttempts: 0 });
    return { events: client.iterate({ query }), close: () => client.dispose() };
  }
  const client = createSocketClient({
    url: `${url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: key ? { authorization: `Bearer ${key}` } : {},
    retryAttempts: 0,
  });
  return { events: client.iterate({ query }), close: () => void client.dispose() };
}

async function mutate(query: string): Promise<Json> {
  const response = await fetch(`${processes[0].http.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${admin}` },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as Json;
  expect(errors).toBeUndefined();
  return data;
}
const addTriple = (head: string, relation: string, tail: string) =>
  mutate(`mutation { addTriple(input: { head: "${head}", relation: "${relation}", tail: "${tail}" }) {
    triple { id } problems { message } graphRevision } }`);

/** What a subscription is answered that never begins: errors of its own, or of the connection. */
async function problemOf(by: string, query: string, key?: string): Promise<string> {
  const { events, close } = subscribe(by, query, key);
  try {
    return JSON.stringify((await events.next()).value);
  } catch (error) {
    return await toldOf(error);
  } finally {
    close();
  }
}

async function toldOf(error: Json): Promise<string> {
  const { response, reason } = error;
  return response ? `${response.status} ${await response.text()}` : (reason ?? JSON.stringify(error));
}

/** Lets the subscription reach the server before something happens. */
const settle = () => sleep(300);

describe.each([WEB_SOCKET, EVENTS])("over %s", (by) => {
  it("graphChanged tells each change once, in every process; of an entity only its own", async () => {
    const all = subscribe(by, "subscription { graphChanged { revision kind actor } }");
    const one = subscribe(by, `subscription { graphChanged(entity: "movie:titanic") { kind revision } }`);
    const [first, own] = [all.events.next(), one.events.next()];
    await settle();
    const tail = by === EVENTS ? "person:linda-hamilton" : "person:harrison-ford";
    const other = await addTriple("movie:gladiator", "starring", tail);
    const { addTriple: titanic } = await addTriple("movie:titanic", "starring", tail);
    expect((await first).value).toEqual({
      data: { graphChanged: { revision: other.addTriple.graphRevision, kind: "add_triple", actor: "adam" } },
    });
    const second = await all.events.next();
    expect(second.value.data.graphChanged.revision).toBe(titanic.graphRevision);
    expect((await own).value.data.graphChanged).toEqual({
      kind: "add_triple",
      revision: titanic.graphRevision,
    });
    all.close();
    one.close();
  });

  it("recommendationsChanged gives a user's page at once, and another after an edit and an interaction", async () => {
    const live = subscribe(
      by,
      `subscription { recommendationsChanged(user: "ann", first: 5) {
      nodes { item { name } score explanation { sentence } } graphRevision } }`,
    );
    const page = async () => (await live.events.next()).value.data.recommendationsChanged;
    const before = await page();
    expect(before.nodes.length).toBeGreaterThan(1);
    const head = by === EVENTS ? "movie:titanic" : "movie:terminator";
    const { addTriple: added } = await addTriple(head, "directed_by", "person:ridley-scott");
    const after = await page();
    expect(after.graphRevision).toBe(added.graphRevision);
    expect(after.nodes).not.toEqual(before.nodes);
    const [item] = after.nodes;
    const key = (
      await db.query<{ key: string }>("select key from entity where name = $1", [item.item.name])
    )[0].key;
    await mutate(
      `mutation { recordInteractions(input: { interactions: [{ user: "ann", item: "${key}" }] }) { recorded } }`,
    );
    let names: string[] = [];
    do names = (await page()).nodes.map((node: Json) => node.item.name);
    while (names.includes(item.item.name));
    expect(names).not.toContain(item.item.name);
    live.close();
  });

  it("jobProgress tells where a job stands until it has ended, to admins", async () => {
    const [{ id }] = await db.query<{ id: string }>(
      "insert into job (kind, input, actor) values ('TRAIN', '{}', 'adam') returning id",
    );
    // The lock that says the job's process lives.
    const owner = await db.connect();
    await owner.query("select pg_advisory_lock($1, $2)", [0x57474a42, Number(id)]);
    const query = `subscription { jobProgress(id: "${globalId("Job", id)}") { status progress message } }`;
    expect(await problemOf(by, query, viewer)).toContain("FORBIDDEN");
    const live = subscribe(by, query, admin);
    const state = async () => (await live.events.next()).value?.data.jobProgress;
    expect(await state()).toEqual({ status: "QUEUED", progress: 0, message: null });
    await reportProgress(db, id, { progress: 0.5, message: "fitting" });
    expect(await state()).toEqual({ status: "RUNNING", progress: 0.5, message: "fitting" });
    await owner.end(); // the process dies, and nobody writes it down
    expect(await state()).toMatchObject({ status: "FAILED" });
    expect(await live.events.next()).toMatchObject({ done: true });
    live.close();
  });

  it("ends what a key has subscribed to once it is revoked, with the reason, and nobody else's", async () => {
    const name = `rita ${by}`;
    const { key } = await createKey(db, name, "VIEWER");
    const query = "subscription { graphChanged { kind } }";
    const [hers, other] = [subscribe(by, query, key), subscribe(by, query)];
    const [end, next] = [hers.events.next().then(JSON.stringify, toldOf), other.events.next()];
    await settle();
    await revokeKey(db, name);
    expect(await end).toContain("was revoked at");
    const tail = by === EVENTS ? "person:ridley-scott" : "person:james-cameron";
    await addTriple("movie:titanic", "starring", tail);
    expect((await next).value).toEqual({ data: { graphChanged: { kind: "add_triple" } } });
    expect(await problemOf(by, query, key)).toMatch(/was revoked at|401/);
    hers.close();
    other.close();
  });

  it("answers what is wrong with a subscription, and refuses a wrong key", async () => {
    expect(await problemOf(by, "subscription { nothing }")).toContain("Cannot query field");
    expect(await problemOf(by, "{ viewer { name } }")).toContain("expected a subscription");
    expect(await problemOf(by, `subscription { graphChanged(entity: "movie:none") { kind } }`)).toContain(
      "movie:none",
    );
    expect(await problemOf(by, "subscription { graphChanged { kind } }", "wg_wrong")).toMatch(
      /is unknown|Unauthorized|401/,
    );
  });
});

describe("a WebSocket", () => {
  it.each([
    ["a page of another origin", "https://evil.example", 403],
    ["a page of no origin of its own", "null", 403],
    ["a page of a listed origin", "https://shop.example", 101],
    ["a page of its own", "self", 101],
  ])("of %s is answered %s: %i", async (_, origin, status) => {
    const { url } = processes[1].http;
    const headers = { origin: origin === "self" ? url : origin };
    const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws", { headers });
    const answered = await new Promise((resolve) => {
      socket.once("open", () => resolve(101));
      socket.once("unexpected-response", (_request, response) => resolve(response.statusCode));
      socket.on("error", () => undefined);
    });
    expect(answered).toBe(status);
    socket.terminate();
  });

  it("elsewhere than at /graphql is refused", async () => {
    const socket = new WebSocket(
      `${processes[1].http.url.replace("http", "ws")}/other`,
      "graphql-transport-ws",
    );
    const message = await new Promise((resolve) => socket.once("error", (error) => resolve(error.message)));
    expect(message).toContain("404");
  });

  it("whose client reads too slowly is closed with 4413 and the reason", async () => {
    const socket = new WebSocket(
      `${processes[1].http.url.replace("http", "ws")}/graphql`,
      "graphql-transport-ws",
    );
    await new Promise((resolve) => socket.once("open", resolve));
    const send = (message: object) => socket.send(JSON.stringify(message));
    const acknowledged = new Promise((resolve) => socket.once("message", resolve));
    send({ type: "connection_init" });
    await acknowledged;
    // 200 times a reason of 500 letters: 100 kB for each change.
    const reasons = Array.from({ length: 200 }, (_, i) => `r${i}: reason`).join(" ");
    send({ id: "1", type: "subscribe", payload: { query: `subscription { graphChanged { ${reasons} } }` } });
    await settle();
    socket.pause();
    await db.transaction(async (tx) => {
      await tx.query(
        "select count(open_change('test', 'tester', repeat('x', 500))) from generate_series(1, 1500)",
      );
    });
    await sleep(1_500);
    const closed = new Promise<[number, string]>((resolve) =>
      socket.once("close", (code, reason) => resolve([code, String(reason)])),
    );
    socket.resume();
    expect(await closed).toEqual([4413, "too slow: 1000 changes wait to be read"]);
  });

  it("is told that the server goes away", async () => {
    const process = await openProcess();
    processes.push(process);
    const socket = new WebSocket(`${process.http.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    await new Promise((resolve) => socket.once("open", resolve));
    const closed = new Promise((resolve) => socket.once("close", (code) => resolve(code)));
    const stream = await fetch(`${process.http.url}/graphql/stream?query=subscription{graphChanged{kind}}`, {
      headers: { accept: "text/event-stream" },
    });
    const ended = stream.text();
    const before = performance.now();
    await process.subscriptions.close();
    await process.http.close();
    expect(await closed).toBe(1001);
    expect(await ended).toMatch(/^:/);
    expect(performance.now() - before).toBeLessThan(5_000);
    processes.pop();
    await process.app.close();
  });
});
