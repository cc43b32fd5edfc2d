import { readFileSync } from "node:fs";
import { Agent, type IncomingMessage, request as send } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, it, vi } from "vitest";
import type { Database } from "../../src/kg/database.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { startServer } from "../support/server.ts";

vi.setConfig({ testTimeout: 120_000 }); // a real process, on machines with little to spare

const CLIENTS = 8;
const QUERY = `{ entities(first: 10) { edges { node { key name triples(first: 5) { edges { node { relation { label } } } } } } } }`;

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingMessage["headers"];
}

/** A client that keeps one connection. */
function openClient(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return (path: string, query?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { "content-type": "application/json" };
      const request = send(
        `${url}${path}`,
        { agent, method: query ? "POST" : "GET", headers },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (chunk) => {
            text += chunk;
          });
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
          );
          response.on("error", reject);
        },
      );
      request.on("error", reject);
      request.end(query && JSON.stringify({ query }));
    });
}

/** Asks without a pause until nobody listens any more. */
async function load(
  url: string,
  tally: { answered: number; refused: number; lost: unknown[] },
): Promise<void> {
  const ask = openClient(url);
  for (;;) {
    try {
      const { status, text } = await ask("/graphql", QUERY);
      if (status === 200 && JSON.parse(text).data.entities.edges.length === 10) tally.answered++;
      else tally.lost.push(text);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ECONNREFUSED") tally.refused++;
      else tally.lost.push(error);
      return;
    }
  }
}

let server: Awaited<ReturnType<typeof startServer>>;
let database: Database;

// While the file is read: what a hook creates would not be dropped.
const created = createTestDatabase();
beforeAll(async () => {
  database = await created;
  await insertFilms(database);
  server = await startServer({ DATABASE_URL: database.url, WHYGRAPH_READS: "joined" });
});

it("shows the metrics that docs/operations.md lists, and no others", async () => {
  const client = openClient(server.url);
  const sentences = `query Told { recommendations(user: "ann", first: 2) { edges { node { explanation { sentence } } } } }`;
  for (let turn = 0; turn < 4; turn++) expect((await client("/graphql", sentences)).status).toBe(200);
  const { text } = await client("/metrics");
  const documented =
    readFileSync("docs/operations.md", "utf8").match(/`(whygraph|process|nodejs)_\w+`/g) ?? [];
  const shown = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => `\`${name}\``);
  expect(shown.sort()).toEqual([...new Set(documented)].sort());
  expect(text).toContain('whygraph_operation_seconds_count{operation="Told"} 4');
  for (const stage of ["history", "ranking", "evidence", "sentences"]) {
    expect(text).toMatch(new RegExp(`^whygraph_stage_seconds_count\\{stage="${stage}"\\} [1-4]$`, "m"));
  }
  // The first asks Postgres, the others have it at hand; the list is made once; the third and the fourth run compiled.
  for (const [cache, hits] of [
    ["histories", 3],
    ["lists", 3],
    ["compiled", 2],
  ]) {
    expect(text).toContain(`whygraph_cache_requests_total{cache="${cache}",result="hit"} ${hits}`);
  }
});

it("answers every request of the connections that are open when it is told to stop, and takes no other", async () => {
  const tally = { answered: 0, refused: 0, lost: [] };
  const idle = openClient(server.url);
  const readiness = openClient(server.url);
  expect((await idle("/graphql", QUERY)).status).toBe(200);
  expect((await readiness("/health/ready")).status).toBe(200);
  const clients = Array.from({ length: CLIENTS }, () => load(server.url, tally));
  await vi.waitUntil(() => tally.answered > 50, { timeout: 60_000 });
  const before = tally.answered;
  server.child.kill("SIGTERM");
  await server.waitFor(/stopping: no more connections/);
  await sleep(100);
  const [last, ready] = await Promise.all([idle("/graphql", QUERY), readiness("/health/ready")]);
  expect([last.status, last.headers.connection]).toEqual([200, "close"]);
  expect([ready.status, JSON.parse(ready.text)]).toEqual([
    503,
    { status: "unavailable", reason: "stopping" },
  ]);
  await Promise.all(clients);
  expect(tally.lost).toEqual([]);
  expect(tally.refused).toBe(CLIENTS);
  expect(tally.answered).toBeGreaterThan(before);
  expect(await server.ended).toBe(0);
});
