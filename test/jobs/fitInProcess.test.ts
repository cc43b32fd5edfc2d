import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { fitInProcess } from "../../src/jobs/fitInProcess.ts";
import type { Database } from "../../src/kg/database.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { findWaiting, holdTrainings, until } from "./support.ts";

let db: Database;
const runFit = (
  url: string,
  signal = new AbortController().signal,
  onProgress = (_: number, __: string) => {},
) => fitInProcess({ url, seed: 1, config: {}, patient: true }, { signal, onProgress });

beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
});

it("stores a model and gives its id, after telling what it does", async () => {
  const told: string[] = [];
  const id = await runFit(db.url, undefined, (_, what) => told.push(what));
  expect(await db.query("select id from model")).toEqual([{ id }]);
  expect(told.slice(0, 2)).toEqual(["reading the graph", "reading the interactions"]);
});

it("rejects with the process's own reason, without the password", async () => {
  await expect(runFit("postgres://me:secret@127.0.0.1:1/films")).rejects.toThrow(
    /^cannot open the database postgres:\/\/me:…@127\.0\.0\.1:1\/films: .*ECONNREFUSED/,
  );
});

it("is killed by its signal at once, and leaves no connection behind", async () => {
  const release = await holdTrainings(db);
  const abort = new AbortController();
  const done = runFit(db.url, abort.signal).catch((error: Error) => error.message);
  await until(async () => (await findWaiting(db)).length > 0, "it to wait for the interactions");
  abort.abort();
  expect(await done).toMatch(/ended with SIGKILL/);
  await release();
  await until(async () => (await findWaiting(db)).length === 0, "its connections to end");
  expect(await db.query("select id from model")).toHaveLength(1);
  await expect(runFit(db.url, abort.signal)).rejects.toThrow(/abort/);
});

const children = `/proc/${process.pid}/task/${process.pid}/children`;
it.runIf(process.platform === "linux")(
  "tells which signal it died of, and works at a low priority",
  async () => {
    const release = await holdTrainings(db);
    const done = runFit(db.url).catch((error: Error) => error.message);
    await until(async () => (await findWaiting(db)).length > 0, "it to wait");
    const pids = readFileSync(children, "utf8").trim().split(" ");
    const pid = pids.find((one) => readFileSync(`/proc/${one}/cmdline`, "utf8").includes("fitProcess.ts"));
    // Field 19 of /proc/pid/stat is the nice value; the name before it has no spaces here.
    expect(readFileSync(`/proc/${pid}/stat`, "utf8").split(" ")[18]).toBe("10");
    process.kill(Number(pid), "SIGSEGV");
    expect(await done).toBe("the fitting process ended with SIGSEGV and said nothing");
    await release();
  },
);
