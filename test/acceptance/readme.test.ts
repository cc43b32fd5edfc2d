import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { openDemo } from "../support/openDemo.ts";
import { runWhygraph, startServer } from "../support/server.ts";
import { type Client, type Json, openClient } from "./support/openClient.ts";

const read = (path: string) => readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");

let readme: string;
let url: string;
let client: Client;

beforeAll(async () => {
  readme = await read("README.md");
  url = await openDemo();
  const server = await startServer({ DATABASE_URL: url });
  const { stdout } = await runWhygraph(
    ["keys", "create", "--name", "readme", "--role", "CURATOR", "--json"],
    {
      DATABASE_URL: url,
    },
  );
  client = openClient(server.url, JSON.parse(stdout).key);
});

/** The first block of a language. */
function findBlock(language: string): string {
  const [, block] = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(readme) ?? [];
  return block;
}

/** Numbers rounded to nine digits: the last bits are the machine's own. */
function round(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toPrecision(9));
  if (Array.isArray(value)) return value.map(round);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, round(part)]));
}

describe("the README", () => {
  it("shows the query and the answer of test/examples", async () => {
    expect(findBlock("graphql")).toBe(await read("test/examples/recommendations.graphql"));
    expect(findBlock("json")).toBe(await read("test/examples/recommendations.json"));
  });

  it("shows the answer that the demo gives", async () => {
    const data = await client.ask(findBlock("graphql"));
    expect(round({ data })).toEqual(round(JSON.parse(findBlock("json"))));
  });

  it("says by how much the score falls when the strongest path's first triple is taken away", async () => {
    const SCORE = `{ recommendations(user: "ada", first: 1) { nodes { item { key } score
      explanation { evidence(first: 1) { deltaIfRemoved path { steps { triple { id } } } } } } } }`;
    const [before] = (await client.ask(SCORE)).recommendations.nodes as Json[];
    const [{ deltaIfRemoved, path }] = before.explanation.evidence;
    const [, said] = /falls by ([\d.]+)/.exec(readme) ?? [];
    expect(-deltaIfRemoved).toBeCloseTo(Number(said), 8);
    const RETRACT = `mutation ($id: ID!) { retractTriple(input: {id: $id}) { problems { message } } }`;
    const { retractTriple } = await client.ask(RETRACT, { id: path.steps[0].triple.id });
    expect(retractTriple.problems).toEqual([]);
    const EXPLAIN = `query ($key: String!) { explanation(user: "ada", item: {key: $key}) { score } }`;
    const { explanation } = await client.ask(EXPLAIN, { key: before.item.key });
    expect(explanation.score - before.score).toBeCloseTo(deltaIfRemoved, 9);
  });

  it("names commands and files that exist", async () => {
    const { scripts } = JSON.parse(await read("package.json"));
    for (const [, script] of readme.matchAll(/npm (?:run (?:-s )?)?(start|test|[a-z]+)\b/g)) {
      if (script !== "ci" && script !== "registry") expect(Object.keys(scripts)).toContain(script);
    }
    const help = (await runWhygraph(["help"], {})).stdout;
    for (const [, command] of readme.matchAll(/whygraph -- ([a-z-]+)/g)) {
      expect(help).toContain(`  ${command}`);
    }
    for (const [, link] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
      if (!link.endsWith("/") && /\.\w+$/.test(link)) expect((await read(link)).length).toBeGreaterThan(0);
    }
  });
});
