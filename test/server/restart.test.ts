import { createServer } from "node:net";
import { expect, it, vi } from "vitest";
import { openDatabase } from "../../src/kg/database.ts";
import { startEmbedded } from "../../src/kg/embedded.ts";
import { insertFilms } from "../support/films.ts";
import { makeDataFolder, startServer } from "../support/server.ts";

vi.setConfig({ testTimeout: 180_000 }); // a real process, on machines with little to spare

const ALIEN = `{ entity(by: {key: "movie:alien"}) { name } }`;
const READS = [
  ALIEN,
  `{ recommendations(user: "ann", first: 2) { edges { node { score } } } }`,
  `{ popularItems(first: 2) { edges { node { score } } } }`,
];

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function ask(url: string, query: string) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the JSON that it is
  return { status: response.status, headers: response.headers, ...((await response.json()) as any) };
}

it("outlives a restart of Postgres: says that it is not ready, answers nothing from memory, and goes on after", async () => {
  const postgres = { folder: await makeDataFolder(), port: await freePort() };
  const first = await startEmbedded(postgres);
  await first.createDatabase("films");
  const db = await openDatabase(first.urlOf("films"));
  await insertFilms(db);
  await db.close();
  const gateway = await startServer({ DATABASE_URL: first.urlOf("films") });
  const health = async (which: string) => {
    const response = await fetch(`${gateway.url}/health/${which}`);
    return [response.status, ((await response.json()) as { reason?: string }).reason];
  };
  for (const query of READS)
    expect(await ask(gateway.url, query)).toMatchObject({ status: 200, data: expect.anything() });
  expect(await health("ready")).toEqual([200, undefined]);

  await first.stop();
  await vi.waitFor(async () => expect((await health("ready"))[0]).toBe(503), { timeout: 20_000 });
  expect(await health("ready")).toEqual([503, "Postgres is out of reach, and tried again and again"]);
  expect(await health("live")).toEqual([200, undefined]);
  for (const query of READS) {
    const refused = await ask(gateway.url, query);
    expect([refused.status, refused.errors[0].extensions.code]).toEqual([503, "UNAVAILABLE"]);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(refused.data).toBeUndefined();
  }

  const second = await startEmbedded(postgres);
  try {
    await vi.waitFor(async () => expect((await health("ready"))[0]).toBe(200), {
      timeout: 60_000,
      interval: 100,
    });
    for (const query of READS)
      expect(await ask(gateway.url, query)).toMatchObject({ status: 200, data: expect.anything() });
    expect((await ask(gateway.url, ALIEN)).data).toEqual({ entity: { name: "Alien" } });
    await vi.waitFor(() => expect(gateway.stderr()).toMatch(/not ready[\s\S]*ready again/), {
      timeout: 20_000,
    });
    gateway.child.kill("SIGTERM");
    expect(await gateway.ended).toBe(0);
  } finally {
    await second.stop();
  }
});
