import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTick, setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../support/database.ts";
import { compareAnswers } from "./gateway/compareAnswers.ts";
import type { Read } from "./gateway/reads.ts";
import { Connection } from "./support/Connection.ts";
import { percentile } from "./support/percentile.ts";
import { summarizeProfile } from "./support/profile.ts";
import { sendLoad } from "./support/sendLoad.ts";
import { timeQueries } from "./support/timeQueries.ts";
import { mergeReport } from "./support/writeReport.ts";

/** Serves one answer to every request; gives its address. */
async function serve(answer: (body: string) => object): Promise<string> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    response.end(JSON.stringify(answer(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

/** Connects to a server that does with each socket, once it is written to, as it is told. */
async function connectTo(answer: (socket: Socket) => unknown): Promise<Connection> {
  const server = createTcpServer((socket) => socket.once("data", () => answer(socket)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const connection = new Connection(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  afterAll(() => {
    connection.close();
    server.close();
  });
  return connection;
}

const READ: Read = {
  ...{ name: "names", ours: "{ names }", theirs: "{ allNames }" },
  variables: [{ of: "a" }, { of: "b" }],
  readOurs: ({ names }) => names,
  readTheirs: ({ allNames }) => allNames,
};

describe("comparing two servers", () => {
  it("counts the answers that hold the same", async () => {
    const ours = await serve(() => ({ data: { names: ["Alien"] } }));
    const theirs = await serve(() => ({ data: { allNames: ["Alien"] } }));
    expect(await compareAnswers(READ, { ours, theirs }, 5)).toBe(2);
  });

  it("stops at an answer that holds something else, and shows both", async () => {
    const ours = await serve(() => ({ data: { names: ["Alien"] } }));
    const theirs = await serve((body) => ({
      data: { allNames: body.includes('"b"') ? ["Aliens"] : ["Alien"] },
    }));
    await expect(compareAnswers(READ, { ours, theirs }, 5)).rejects.toThrow(
      'names: the answers to {"of":"b"} differ:\n["Alien"]\n["Aliens"]',
    );
  });
});

describe("a load", () => {
  it("sends the bodies in turn and times each request", async () => {
    const met: string[] = [];
    const url = await serve((body) => {
      met.push(body);
      return { data: {} };
    });
    const { requests, times } = await sendLoad(url, ["1", "2", "3"], { connections: 1, seconds: 0.2 });
    expect(times).toHaveLength(requests);
    expect(met).toHaveLength(requests);
    expect(met.slice(0, 4)).toEqual(["1", "2", "3", "1"]);
  });

  it("fails where an answer holds errors, whatever its status", async () => {
    const url = await serve(() => ({ errors: [{ message: "no such field" }] }));
    await expect(sendLoad(url, ["{}"], { connections: 2, seconds: 5 })).rejects.toThrow("no such field");
  });

  it("reads an answer that comes in pieces", async () => {
    const answer = `{"data":"${"é".repeat(20)}"}`;
    const text = `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(answer)}\r\n\r\n${answer}`;
    const connection = await connectTo(async (socket) => {
      for (const byte of Buffer.from(text)) {
        socket.write(Buffer.of(byte));
        await nextTick();
      }
    });
    const { status, body } = await connection.send(connection.encode("/graphql", "{}"));
    expect([status, body.toString()]).toEqual([200, answer]);
  });

  it("fails where an answer tells no length, or never comes", async () => {
    const untold = await connectTo((socket) => socket.write("HTTP/1.1 200 OK\r\n\r\n{}"));
    await expect(untold.send(untold.encode("/graphql", "{}"))).rejects.toThrow("without a content-length");
    await expect(untold.send(untold.encode("/graphql", "{}"))).rejects.toThrow("is closed");
    const ended = await connectTo((socket) => socket.end());
    await expect(ended.send(ended.encode("/graphql", "{}"))).rejects.toThrow("closed the connection");
  });
});

it("takes percentiles by nearest rank", () => {
  const values = [5, 1, 4, 2, 3]; // sorted 1..5; half of 5 is 2.5, so the third; 99% is 4.95, so the fifth
  expect([percentile(values, 0.5), percentile(values, 0.99), percentile([7], 0)]).toEqual([3, 5, 7]);
});

it("counts the wait for statements that run side by side once", async () => {
  const { database, waited } = timeQueries(await createTestDatabase());
  await Promise.all([1, 2, 3].map(() => database.query("select pg_sleep(0.2)")));
  const together = waited();
  expect(together).toBeGreaterThan(199);
  expect(together).toBeLessThan(600); // one after the other
  await sleep(50);
  expect(waited()).toBe(together);
});

it("shares the busy time of a profile out among modules, within a window", () => {
  const folder = mkdtempSync(join(tmpdir(), "whygraph-profile-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const frame = (id: number, functionName: string, url: string) => ({ id, callFrame: { functionName, url } });
  const profile = {
    startTime: 1_000,
    nodes: [
      frame(1, "rank", "file:///app/src/ranker/rank.ts"),
      frame(2, "query", "file:///app/node_modules/pg/lib/client.js"),
      frame(3, "(idle)", ""),
      frame(4, "findHistory", "file:///app/src/kg/queries/findHistory.ts"),
      frame(5, "start", "@apollo/node_modules/@apollo/server/dist/esm/ApolloServer.js"),
    ],
    // at 1100, 1200, 1300, 1400, 1500, 1900
    samples: [5, 1, 1, 3, 2, 4],
    timeDeltas: [100, 100, 100, 100, 100, 400],
  };
  writeFileSync(join(folder, "CPU.20260101.120000.77.0.001.cpuprofile"), JSON.stringify(profile));
  // From 1150 to 1950: rank 100 + 100, idle left out, pg 100, queries 400: 700 in all.
  expect(summarizeProfile(folder, 77, [1_150, 1_950])).toEqual([
    { module: "src/kg/queries", share: 4 / 7 },
    { module: "src/ranker", share: 2 / 7 },
    { module: "pg", share: 1 / 7 },
  ]);
  expect(summarizeProfile(folder, 77, [0, 1_150])).toEqual([{ module: "@apollo/server", share: 1 }]);
});

it("replaces the sections that were run in a report, and keeps the others", () => {
  const date = new Date("2026-01-02T03:04:05Z");
  const section = (name: string, output: string) => ({ name, command: `bench ${name}`, code: 0, output });
  const first = mergeReport("", [section("gateway", "1\n"), section("paths", "┌ 2 ┐\n")], date);
  const second = mergeReport(first, [{ ...section("gateway", "3"), code: 1 }, section("import", "4")], date);
  expect(second.split("\n## ").slice(1)).toEqual([
    "gateway\n\n`bench gateway`, 2026-01-02: **ended with exit code 1**\n\n3\n",
    "paths\n\n`bench paths`, 2026-01-02\n\n```\n┌ 2 ┐\n```\n",
    "import\n\n`bench import`, 2026-01-02\n\n4\n",
  ]);
});
