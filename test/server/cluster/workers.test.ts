import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createTestDatabase } from "../../support/database.ts";
import { insertFilms } from "../../support/films.ts";
import { startWhygraph } from "../../support/server.ts";

/** Processes whose parent is `pid`, and that run Node. */
function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const args = readFileSync(`/proc/${name}/cmdline`, "utf8");
        return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] === String(pid) && args.includes("cli.js");
      } catch {
        return false; // it has ended
      }
    })
    .map(Number);
}

/** Asks over a connection of its own: the next worker takes it. */
async function ask(url: string, query: string, key?: string): Promise<Record<string, never>> {
  const headers = {
    "content-type": "application/json",
    connection: "close",
    ...(key && { authorization: `Bearer ${key}` }),
  };
  const answer = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
  return ((await answer.json()) as { data: Record<string, never> }).data;
}

it("serves from two workers, whichever reads what was written, replaces one that ends, and drains all", {
  timeout: 120_000,
}, async () => {
  const db = await createTestDatabase();
  await insertFilms(db);
  await db.query("delete from interaction"); // no model to fit
  const server = startWhygraph(["serve", "--workers", "2"], { DATABASE_URL: db.url, PORT: "0" });
  const [, url] = await server.waitFor(/Whygraph serves (http:\S+)\/graphql/);
  const [, key] = await server.waitFor(/\b(wg_\S+)/);
  await server.waitFor(/worker 2 serves/);
  const workers = childrenOf(server.child.pid!);
  expect(workers).toHaveLength(2);
  for (let edit = 0; edit < 8; edit++) {
    const input = `{ by: { key: "movie:alien" }, name: "Alien ${edit}" }`;
    await ask(url, `mutation { updateEntity(input: ${input}) { problems { message } } }`, key);
    const read = () => ask(url, `{ entity(by: { key: "movie:alien" }) { name } }`);
    const names = await Promise.all([read(), read(), read(), read()]);
    expect(names).toEqual(Array(4).fill({ entity: { name: `Alien ${edit}` } }));
  }
  process.kill(workers[0], "SIGKILL");
  await server.waitFor(/another takes its place/);
  await server.waitFor(/worker 3 serves/);
  expect(await ask(url, `{ entity(by: { key: "movie:alien" }) { name } }`)).toEqual({
    entity: { name: "Alien 7" },
  });
  server.child.kill("SIGTERM");
  expect(await server.ended).toBe(0);
});
