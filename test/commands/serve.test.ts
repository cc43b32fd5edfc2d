import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { identityOf } from "../../src/kg/embedded/processIdentity.ts";
import { makeDataFolder, runWhygraph, startServer, startWhygraph } from "../support/server.ts";

vi.setConfig({ testTimeout: 180_000 }); // real processes, on machines with little to spare

// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the JSON that it is
async function ask(url: string, query: string, key?: string): Promise<any> {
  const headers = { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) };
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers,
    body: JSON.stringify({ query }),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

const CREATE_ALIEN = `mutation { createEntity(input: {key: "movie:alien", type: "movie", name: "Alien", isItem: true}) {
  entity { name } problems { message } graphRevision } }`;
const ALIEN = `{ entity(by: {key: "movie:alien"}) { name } }`;

async function makeEnvironment(): Promise<{
  readonly WHYGRAPH_DATA: string;
  readonly WHYGRAPH_DEMO: string;
}> {
  return { WHYGRAPH_DATA: await makeDataFolder(), WHYGRAPH_DEMO: "off" };
}

/** Three films by two directors, and what ada rated, in the layout that import reads. */
function writeFilms(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, rows: readonly string[][]) =>
    writeFileSync(join(folder, name), rows.map((row) => `${row.join("\t")}\n`).join(""));
  write("items.tsv", [
    ["item", "name"],
    ["movie:alien", "Alien"],
    ["movie:blade-runner", "Blade Runner"],
    ["movie:jaws", "Jaws"],
  ]);
  write("entities.tsv", [
    ["entity", "name"],
    ["person:ridley-scott", "Ridley Scott"],
    ["person:steven-spielberg", "Steven Spielberg"],
  ]);
  write("triples.tsv", [
    ["head", "relation", "tail"],
    ["movie:alien", "directed_by", "person:ridley-scott"],
    ["movie:blade-runner", "directed_by", "person:ridley-scott"],
    ["movie:jaws", "directed_by", "person:steven-spielberg"],
  ]);
  write("interactions.tsv", [
    ["user", "item", "value", "timestamp"],
    ["ada", "movie:alien", "5", "1000000000"],
    ["bo", "movie:jaws", "4", "1000000001"],
  ]);
  return folder;
}

function postmasterOf(folder: string): number {
  return Number.parseInt(readFileSync(join(folder, "postgres/data/postmaster.pid"), "utf8"), 10);
}

it("answers health from the start, serves, keeps its data and its key, and stops on Ctrl-C with nothing left", async () => {
  const env = await makeEnvironment();
  const starting = startWhygraph(["serve"], { ...env, PORT: "0" });
  const [, url] = await starting.waitFor(/starting; (http:\S+)\/health\/ready/);
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  const ready = await fetch(`${url}/health/ready`);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: "unavailable", reason: expect.any(String) },
  ]);
  const [, key] = await starting.waitFor(/\b(wg_\S+)/);
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  expect((await ask(url, ALIEN)).data).toEqual({ entity: null });

  expect(await ask(url, CREATE_ALIEN)).toMatchObject({
    status: 401,
    errors: [{ extensions: { code: "UNAUTHENTICATED" } }],
  });
  expect(await ask(url, ALIEN, "wg_wrong")).toMatchObject({
    status: 401,
    errors: [{ extensions: { code: "UNAUTHENTICATED" } }],
  });
  expect((await ask(url, CREATE_ALIEN, key)).data.createEntity).toMatchObject({
    entity: { name: "Alien" },
    problems: [],
  });

  // OpenRefine finds it under the address that the welcome page names.
  const [, openRefine] = /^OpenRefine +(\S+)$/m.exec(await (await fetch(url)).text()) ?? [];
  const queries = new URLSearchParams({ queries: '{"q0": {"query": "alien"}}' });
  const reconciled = await fetch(openRefine, { method: "POST", body: queries });
  expect(await reconciled.json()).toMatchObject({
    q0: { result: [{ id: "movie:alien", score: 100, match: true }] },
  });

  const postgres = postmasterOf(env.WHYGRAPH_DATA);
  starting.child.kill("SIGINT");
  expect(await starting.ended).toBe(0);
  expect(identityOf(postgres)).toBeNull();

  const again = await startServer(env);
  expect(again.key).toBeNull();
  expect((await ask(again.url, ALIEN)).data).toEqual({ entity: { name: "Alien" } });
  expect(again.stdout() + again.stderr()).not.toContain(key);
  again.child.kill("SIGTERM");
  expect(await again.ended).toBe(0);
});

it("lets a command join its database, and prints a query that recommends to somebody who exists", async () => {
  const env = await makeEnvironment();
  const films = writeFilms(join(env.WHYGRAPH_DATA, "..", "films"));
  const server = await startServer(env);
  const imported = await runWhygraph(["import", films, "--json"], env);
  expect(imported, imported.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse(imported.stdout)).toMatchObject({
    inserted: { triples: 3, interactions: 2 },
    rejected: 0,
  });
  const listed = await runWhygraph(["keys", "list", "--json"], env);
  expect(JSON.parse(listed.stdout)).toMatchObject({ keys: [{ name: "admin", role: "ADMIN" }] });
  await expect
    .poll(async () => (await ask(server.url, ALIEN)).data, { timeout: 5_000 })
    .toEqual({ entity: { name: "Alien" } });
  server.child.kill("SIGINT");
  expect(await server.ended).toBe(0);

  const again = await startServer(env);
  const [, query] = /-d '(.*)'/.exec(again.stdout()) ?? [];
  const { data } = await ask(again.url, JSON.parse(query).query);
  expect(query).toContain('recommendations(user: \\"ada\\", first: 3)');
  expect(data.recommendations.edges[0].node).toMatchObject({ rank: 1, item: { name: "Blade Runner" } });
  expect(await (await fetch(again.url)).text()).toContain(JSON.parse(query).query);
  again.child.kill("SIGINT");
  await again.ended;
});

it("is joined by a second server, whose snapshot sees its writes within a second and which ends with it", async () => {
  const env = await makeEnvironment();
  const films = writeFilms(join(env.WHYGRAPH_DATA, "..", "films"));
  expect((await runWhygraph(["import", films], env)).code).toBe(0);
  const first = await startServer(env);
  const second = await startServer(env);
  const paths = `{ paths(from: {key: "movie:jaws"}, to: {key: "movie:alien"}) { length } }`; // the snapshot answers
  expect((await ask(second.url, paths)).data).toEqual({ paths: [] });
  const triple = `{head: "movie:jaws", relation: "directed_by", tail: "person:ridley-scott"}`;
  const added = await ask(
    first.url,
    `mutation { addTriple(input: ${triple}) { problems { message } } }`,
    first.key ?? "",
  );
  expect(added.data).toEqual({ addTriple: { problems: [] } });
  await expect
    .poll(async () => (await ask(second.url, paths)).data, { timeout: 1_000, interval: 20 })
    .toEqual({ paths: [{ length: 2 }] });
  first.child.kill("SIGINT");
  expect(await first.ended).toBe(0);
  expect(await second.ended).toBe(1);
  expect(second.stderr()).toMatch(
    /whygraph: the server whose database this one had joined has ended; start again/,
  );
});

it("starts again after SIGKILL", async () => {
  const env = await makeEnvironment();
  const server = await startServer(env);
  await ask(server.url, CREATE_ALIEN, server.key ?? "");
  server.child.kill("SIGKILL");
  const again = await startServer(env);
  expect((await ask(again.url, ALIEN)).data).toEqual({ entity: { name: "Alien" } });
  again.child.kill("SIGINT");
  expect(await again.ended).toBe(0);
});

it("stops cleanly in the middle of its start", async () => {
  const env = await makeEnvironment();
  const server = startWhygraph(["serve"], { ...env, PORT: "0" });
  await server.waitFor(/starting;/);
  server.child.kill("SIGINT");
  expect(await server.ended).toBe(0);
  const again = await startServer(env);
  again.child.kill("SIGINT");
  expect(await again.ended).toBe(0);
});

it("names the busy port and a way out, and starts nothing", async () => {
  const env = await makeEnvironment();
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as { port: number };
  const refused = await runWhygraph(["serve"], { ...env, PORT: String(port) });
  other.close();
  expect(refused.code).toBe(1);
  expect(refused.stderr).toBe(
    `whygraph: port ${port} on 127.0.0.1 is in use by another program; stop it, or choose another with PORT=${port + 1}\n`,
  );
});

it("serves a Postgres of one's own, and loads nothing into it by itself", async () => {
  const { createTestDatabase } = await import("../support/database.ts");
  const db = await createTestDatabase({ migrated: false });
  const server = await startServer({ DATABASE_URL: db.url, WHYGRAPH_DATA: "/nonexistent/unused" });
  expect((await ask(server.url, "{ entities { edges { node { key } } } }")).data.entities.edges).toEqual([]);
  expect(server.stdout()).not.toContain(new URL(db.url).password);
  server.child.kill("SIGINT");
  expect(await server.ended).toBe(0);
});
