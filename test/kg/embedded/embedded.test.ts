import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { expect, it, vi } from "vitest";
import { identityOf, isAlive } from "../../../src/kg/embedded/processIdentity.ts";
import { openEmbedded, startEmbedded } from "../../../src/kg/embedded.ts";
import { makeDataFolder, startScript } from "../../support/server.ts";

vi.setConfig({ testTimeout: 180_000 }); // real processes, on machines with little to spare

const hold = (folder: string, role: "server" | "command") =>
  startScript("test/kg/embedded/support/hold.ts", [folder, role], {});
const postmasterOf = (folder: string) =>
  Number.parseInt(readFileSync(join(folder, "postgres/data/postmaster.pid"), "utf8"), 10);
const isRunning = (pid: number) => identityOf(pid) !== null;

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

it("keeps its data between starts, and nothing runs between them", async () => {
  const folder = await makeDataFolder();
  const first = await openEmbedded(folder);
  await ask(first.url, "create table film as select 'Alien' as name");
  const pid = postmasterOf(folder);
  await first.close();
  expect(isRunning(pid)).toBe(false);
  const second = await openEmbedded(folder);
  expect(await ask(second.url, "select name from film")).toEqual([{ name: "Alien" }]);
  await second.close();
});

it("knows letters beyond ASCII and keeps what is committed", async () => {
  const folder = await makeDataFolder();
  const { url, close } = await openEmbedded(folder);
  const settings = `select lower('ÄÖÜ ЖЗ') as lower, current_setting('fsync') as fsync, 'а' ~ '\\w' as word,
    pg_encoding_to_char(encoding) as encoding, datcollate from pg_database where datname = current_database()`;
  expect(await ask(url, settings)).toEqual([
    { lower: "äöü жз", fsync: "on", word: true, encoding: "UTF8", datcollate: "C" },
  ]);
  expect(statSync(join(folder, "server.json")).mode & 0o777).toBe(0o600);
  const wrong = url.replace(/:[^:@]*@/, ":wrong@");
  await expect(ask(wrong, "select 1")).rejects.toThrow(/password authentication failed/);
  await close();
});

it("joins the process that serves the folder, and ends with it", async () => {
  const folder = await makeDataFolder();
  const server = hold(folder, "server");
  const [, url] = await server.waitFor(/started (\S+)/);
  const joined = await openEmbedded(folder);
  expect(joined).toMatchObject({ started: false, url });
  server.child.kill("SIGTERM");
  await joined.ended;
  expect(await server.ended).toBe(0);
  await joined.close();
});

it("starts one Postgres when several processes begin at the same moment", async () => {
  const folder = await makeDataFolder();
  const commands = [hold(folder, "command"), hold(folder, "command"), hold(folder, "command")];
  const opened = await Promise.all(commands.map((one) => one.waitFor(/(started|joined) (\S+)/)));
  expect(opened.map(([, how]) => how).sort()).toEqual(["joined", "joined", "started"]);
  expect(new Set(opened.map(([, , url]) => url)).size).toBe(1);
  const starter = opened.findIndex(([, how]) => how === "started");
  commands[starter].child.kill("SIGTERM"); // it lets the others finish first
  const [, , url] = opened[starter];
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
  for (const one of commands) one.child.kill("SIGTERM");
  expect(await Promise.all(commands.map((one) => one.ended))).toEqual([0, 0, 0]);
});

it("as a server waits for a command instead of losing its database with it", async () => {
  const folder = await makeDataFolder();
  const command = hold(folder, "command");
  await command.waitFor(/started/);
  const server = hold(folder, "server");
  await server.waitFor(new RegExp(`waiting: process ${command.child.pid} works on`));
  command.child.kill("SIGTERM");
  await server.waitFor(/started/);
  server.child.kill("SIGTERM");
  expect(await server.ended).toBe(0);
});

it("stops Postgres when its process is killed, and starts again", async () => {
  const folder = await makeDataFolder();
  const server = hold(folder, "server");
  await server.waitFor(/started/);
  const pid = postmasterOf(folder);
  server.child.kill("SIGKILL");
  await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
  const again = await openEmbedded(folder);
  expect(again.started).toBe(true);
  await again.close();
});

it("stops an orphan that outlived its process, and starts again", async () => {
  const folder = await makeDataFolder();
  const server = hold(folder, "server");
  await server.waitFor(/started/);
  const pid = postmasterOf(folder);
  process.kill(parentOf(pid), "SIGKILL"); // the shell that would have stopped it
  server.child.kill("SIGKILL");
  await server.ended;
  expect(isRunning(pid)).toBe(true);
  const again = await openEmbedded(folder);
  expect([again.started, isRunning(pid)]).toEqual([true, false]);
  await again.close();
});

it("is not held up by the leftovers of a crash: a lock and pid files whose numbers others have now", async () => {
  const folder = await makeDataFolder();
  await (await openEmbedded(folder)).close();
  const postmaster = join(folder, "postgres/data/postmaster.pid");
  writeFileSync(postmaster, `${process.pid}\n${join(folder, "postgres/data")}\n1\n5432\n\n\n`);
  const stale = { pid: process.pid, identity: `${process.pid}@1`, host: "" };
  const { hostname } = await import("node:os");
  writeFileSync(join(folder, "lock"), JSON.stringify({ ...stale, host: hostname() }));
  writeFileSync(join(folder, "server.json"), JSON.stringify(stale));
  const again = await openEmbedded(folder);
  expect(again.started).toBe(true);
  await again.close();
});

it("starts again after an initialisation that was cut off", async () => {
  const folder = await makeDataFolder();
  const cut = hold(folder, "server");
  const isHalfMade = () =>
    glob(join(folder, "postgres"), /^data\.partial/).some((path) => existsSync(join(path, "PG_VERSION")));
  await expect.poll(isHalfMade, POLL).toBe(true);
  cut.child.kill("SIGKILL");
  await cut.ended;
  const again = await openEmbedded(folder);
  expect(again.started).toBe(true);
  await again.close();
});

it("names the process that holds a folder", async () => {
  const folder = await makeDataFolder();
  const server = await startEmbedded({ folder });
  await expect(startEmbedded({ folder })).rejects.toThrow(
    `process ${process.pid} runs Postgres on ${folder} already`,
  );
  await server.stop();
});

it("says which Postgres wrote data that it cannot open", async () => {
  const folder = await makeDataFolder();
  await (await openEmbedded(folder)).close();
  writeFileSync(join(folder, "postgres/data/PG_VERSION"), "16\n");
  await expect(openEmbedded(folder)).rejects.toThrow(/was written by Postgres 16, expected 18/);
});

it("tells a process from a later one with the same number", () => {
  const identity = identityOf(process.pid) ?? "";
  expect(isAlive(identity)).toBe(true);
  expect(isAlive(`${process.pid}@1`)).toBe(false);
  expect(isAlive("")).toBe(false);
});

const POLL = { timeout: 10_000, interval: 5 };

function glob(folder: string, pattern: RegExp): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => pattern.test(name)).map((name) => join(folder, name));
}

function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}
