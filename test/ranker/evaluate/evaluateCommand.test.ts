import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readDataset } from "../../../src/commands/evaluate/readDataset.ts";
import { addEvaluateCommand } from "../../../src/commands/evaluateCommand.ts";
import { makeRandom } from "../../../src/ranker/random.ts";

const FILMS = 24;
const USERS = 30;
let folder = "";

/** Two kinds of films, two kinds of users: user u sees films of the parity of u, in the order of time. */
function writeFilms(): Promise<unknown> {
  const random = makeRandom(1);
  const films = Array.from({ length: FILMS }, (_, film) => `film:${film}\tFilm ${film}`);
  const triples = Array.from({ length: FILMS }, (_, film) => `film:${film}\thas_genre\tgenre:${film % 2}`);
  const rows = Array.from({ length: USERS }, (_, user) =>
    Array.from({ length: FILMS / 2 }, (_, at) => 2 * at + (user % 2))
      .filter(() => random() < 0.6)
      .map((film, at) => `u${user}\tfilm:${film}\t${3 + (film % 3)}\t${1000 + at}\t`),
  ).flat();
  const entities = "entity\tname\ttype\ngenre:0\tComedy\tgenre\ngenre:1\tHorror\tgenre\n";
  return Promise.all([
    writeFile(join(folder, "items.tsv"), `item\tname\n${films.join("\n")}\n`),
    writeFile(join(folder, "entities.tsv.gz"), gzipSync(entities)),
    writeFile(join(folder, "triples.tsv"), `head\trelation\ttail\n${triples.join("\r\n")}\r\n`),
    writeFile(
      join(folder, "interactions.tsv.gz"),
      gzipSync(`user\titem\tvalue\ttimestamp\tsplit\n${rows.join("\n")}`),
    ),
  ]);
}

async function run(...args: string[]): Promise<string> {
  const chunks: string[] = [];
  const out = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => chunks.push(String(chunk)) > 0);
  const err = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  try {
    const program = new Command("whygraph").exitOverride();
    addEvaluateCommand(program);
    await program.parseAsync(["evaluate", ...args], { from: "user" });
    return chunks.join("");
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "whygraph-evaluate-"));
  await writeFilms();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("evaluate", () => {
  it("prints the agreed JSON, to a file too, with whygraph beside its baselines", async () => {
    const file = join(folder, "result.json");
    const names = "popularity,itemknn,ease+recency,whygraph";
    const args = ["--data", folder, "--protocol", "time", "--models", names];
    const text = await run(...args, "--json", "--out", file);
    const result = JSON.parse(text);
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual(result);
    expect(result).toMatchObject({
      data: basename(folder),
      protocol: "time",
      seeds: 1,
      users: 30,
    });
    const models = result.rows.map(({ model }: { model: string }) => model);
    expect(models).toEqual(names.split(","));
    for (const { metrics, seconds } of result.rows) {
      expect(metrics["recall@10"].mean).toBeGreaterThan(0);
      expect(metrics["recall@10"].mean).toBeLessThanOrEqual(1);
      expect(metrics["recall@10"].sd).toBeGreaterThanOrEqual(0);
      expect(seconds.train).toBeGreaterThanOrEqual(0);
      expect(seconds.perUser).toBeGreaterThan(0);
    }
    // Users keep to one of two halves of the catalogue, which only the personal models know.
    const [popular, nearest] = ["popularity", "itemknn"].map((name) =>
      result.rows.find(({ model }: { model: string }) => model === name),
    );
    expect(nearest.metrics["ndcg@10"].mean).toBeGreaterThan(popular.metrics["ndcg@10"].mean);
    expect(result.leads.map(({ metric }: { metric: string }) => metric)).toEqual([
      "recall@10",
      "ndcg@10",
      "mrr@10",
    ]);
  });

  it("prints a table of the models that were asked for", async () => {
    const table = await run("--data", folder, "--protocol", "time", "--models", "popularity,ease");
    expect(table).toMatch(/history train\+valid, 30 users measured/);
    expect(table).toMatch(/^popularity +0\.\d{4} /m);
    expect(table).toMatch(/^ease .*lambda=/m);
    expect(table).not.toContain("itemknn");
  });

  it("prints the same from two processes as from one, and writes Markdown with a figure", async () => {
    const results = join(folder, "results");
    const models = ["--models", "popularity,itemknn,itemknn+recency,random"];
    const args = ["--data", folder, "--protocol", "time", ...models, "--seeds", "2", "--json"];
    const [one, two] = [await run(...args), await run(...args, "--jobs", "2", "--out", results)].map((text) =>
      JSON.parse(text),
    );
    // Seconds differ; whatever was measured does not.
    for (const report of [one, two]) for (const row of report.rows) row.seconds = {};
    expect(two).toEqual(one);
    const name = `${basename(folder)}-time`;
    expect(await readFile(join(results, `${name}.md`), "utf8")).toContain(`](${name}.svg)`);
    expect(await readFile(join(results, `${name}.svg`), "utf8")).toMatch(/^<svg .*<\/svg>\n$/s);
  }, 60_000);

  it("asks for cold items, with the vectors of their texts and the ablations where they are wanted", async () => {
    // The text of a film says its kind, which is what users go by.
    const vectors = Float32Array.from({ length: 2 * FILMS }, (_, at) => (at % 2 === (at >> 1) % 2 ? 1 : 0));
    await writeFile(join(folder, "films.f32"), Buffer.from(vectors.buffer));
    const keys = Array.from({ length: FILMS }, (_, film) => `film:${film}`);
    await writeFile(join(folder, "films.keys.txt"), `${keys.join("\n")}\n`);
    const args = ["--data", folder, "--protocol", "cold", "--models", "random,text,kg-2-hop"];
    const report = JSON.parse(await run(...args, "--vectors", join(folder, "films.f32"), "--json"));
    const named = report.rows.map(({ model, group }: Record<string, string>) => `${model} ${group}`);
    expect(named).toEqual(
      ["among cold items", "among all items"].flatMap((group) =>
        ["random", "text", "kg-2-hop"].map((model) => `${model} ${group}`),
      ),
    );
    const all = report.rows
      .slice(3)
      .map(({ metrics }: { metrics: Record<string, { mean: number }> }) => metrics);
    const [chance, text, facts] = all.map(
      (metrics: Record<string, { mean: number }>) => metrics["ndcg@10"].mean,
    );
    expect(text).toBeGreaterThan(chance);
    expect(facts).toBeGreaterThan(chance);
  });

  it("asks for triples under the protocol links, and says what it needs", async () => {
    const small = await mkdtemp(join(tmpdir(), "whygraph-links-"));
    const facts = Array.from(
      { length: 40 },
      (_, at) => `film:${at}\thas_genre\tg:${at % 4 ? 0 : 1}\nfilm:${at}\tmade_in\tc:${at % 3}`,
    );
    await writeFile(join(small, "items.tsv"), "item\nfilm:0\n");
    await writeFile(join(small, "interactions.tsv"), "user\titem\nu1\tfilm:0\n");
    await writeFile(join(small, "triples.tsv"), `head\trelation\ttail\n${facts.join("\n")}\n`);
    const args = ["--data", small, "--protocol", "links"];
    const report = JSON.parse(await run(...args, "--models", "random,frequency", "--json"));
    // 40 films, 2 genres, 3 countries; a tenth of the 80 triples.
    expect(report.title).toContain("protocol links, 8 triples asked for, 1 seed");
    const [chance, frequency] = report.rows.map(
      (row: { metrics: Record<string, { mean: number }> }) => row.metrics.mrr.mean,
    );
    // The commonest tail of a relation is among few: it is found early, a random one of 45 is not.
    expect(frequency).toBeGreaterThan(chance);
    await expect(run(...args, "--models", "ease")).rejects.toThrow(
      /--models has "ease"; protocol links expected some of random/,
    );
    await rm(join(small, "triples.tsv"));
    await expect(run(...args)).rejects.toThrow(/has no triples; expected a file triples\.tsv/);
    await rm(small, { recursive: true });
  });

  it("leaves the text baseline out where there are no vectors, with the reason", async () => {
    const table = await run("--data", folder, "--protocol", "cold", "--models", "random,text");
    expect(table).toContain("text left out: the items have no vectors; expected a file of them by --vectors");
  });

  it.each([
    [{ "v.f32": new Float32Array(3), "v.keys.txt": "film:1\nfilm:2\n" }, /has 12 bytes for 2 keys/],
    [
      { "v.f32": Float32Array.of(1), "v.keys.txt": "book:1\n" },
      /starts with "book:1"; expected keys of items/,
    ],
    [{ "v.f32": Float32Array.of(Number.NaN), "v.keys.txt": "film:1\n" }, /has NaN in the row of "film:1"/],
    [{ "v.f32": Float32Array.of(1) }, /cannot read .*v\.keys\.txt/],
  ] as [Record<string, Float32Array | string>, RegExp][])("refuses vectors %#", async (files, message) => {
    const small = await mkdtemp(join(tmpdir(), "whygraph-vectors-"));
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(small, name), typeof content === "string" ? content : Buffer.from(content.buffer));
    }
    const read = run("--data", folder, "--protocol", "cold", "--vectors", join(small, "v.f32"));
    await expect(read).rejects.toThrow(message);
    await rm(small, { recursive: true });
  });

  it.each([
    [["--protocol", "weekly"], /--protocol is "weekly"; expected full, time, path.* or \w+$/],
    [
      ["--protocol", "time", "--models", "ease,svd"],
      /--models has "svd"; expected an experiment's .json file, or some of popularity/,
    ],
    [["--protocol", "time", "--seeds", "0"], /--seeds is "0"; expected a whole number from 1 to 100/],
    [
      ["--protocol", "time", "--history", "all"],
      /--history is "all"; protocol time expected train or train\+valid/,
    ],
    [["--protocol", "cold", "--history", "train"], /--history is "train"; protocol cold expected none/],
    [["--protocol", "time", "--jobs", "many"], /--jobs is "many"; expected a whole number from 1 to 64/],
    [["--protocol", "toString"], /--protocol is "toString"; expected full/],
    [["--protocol", "full"], /no split for interaction row 1.*expects\s+train, valid or test/],
  ])("refuses %j, saying what was expected", async (args, message) => {
    await expect(run("--data", folder, ...args)).rejects.toThrow(message);
  });
});

describe("reading a data folder", () => {
  it("keeps the order of the rows and puts the items first in the graph", async () => {
    const { itemKeys, userKeys, interactions, graph, itemIndexToEntity } = await readDataset(folder);
    expect(itemKeys).toHaveLength(FILMS);
    expect(userKeys[0]).toBe("u0");
    expect([...interactions.time.subarray(0, 3)]).toEqual([1000, 1001, 1002]);
    expect(graph?.size).toBe(FILMS + 2);
    expect(graph?.tripleCount).toBe(FILMS);
    // film:3 has the genre 1, which is the second entity behind the films.
    const { start, end, neighbour } = graph!.out(itemIndexToEntity[3]);
    expect([...neighbour.subarray(start, end)]).toEqual([FILMS + 1]);
  });

  it.each([
    ["a missing folder", {}, /"[^"]*" is not a folder; expected a data folder/],
    ["an empty folder", { "notes.txt": "" }, /has no (items|interactions)\.tsv; expected/],
    ["items alone", { "items.tsv": "item\nfilm:1\n" }, /has no interactions\.tsv; expected/],
    [
      "no interactions",
      { "items.tsv": "item\nfilm:1\n", "interactions.tsv": "user\titem\n" },
      /interactions\.tsv has no rows; expected at least one/,
    ],
    [
      "an empty file",
      { "items.tsv": "", "interactions.tsv": "user\titem\n" },
      /items\.tsv is empty; expected a header line/,
    ],
    [
      "a wrong header",
      { "items.tsv": "item\n", "interactions.tsv": "user\tfilm\n" },
      /has the columns user, film; expected item among them/,
    ],
    [
      "a short row",
      { "items.tsv": "item\nfilm:1\n", "interactions.tsv": "user\titem\nu1\tfilm:1\nu1\n" },
      /interactions\.tsv:3 has 1 fields; expected 2/,
    ],
    [
      "a value that is no number",
      { "items.tsv": "item\nfilm:1\n", "interactions.tsv": "user\titem\tvalue\nu1\tfilm:1\tgood\n" },
      /interactions\.tsv:2 has the value "good"; expected a number/,
    ],
    [
      "an unknown split",
      { "items.tsv": "item\nfilm:1\n", "interactions.tsv": "user\titem\tsplit\nu1\tfilm:1\tdev\n" },
      /interactions\.tsv:2 has the split "dev"; expected train, valid or test/,
    ],
    [
      "a broken archive",
      { "items.tsv.gz": "not gzip", "interactions.tsv": "user\titem\n" },
      /cannot read .*items\.tsv\.gz/,
    ],
  ])("names what is wrong with %s", async (_, files, message) => {
    const broken = join(folder, "broken");
    if (Object.keys(files).length > 0) {
      const { mkdir } = await import("node:fs/promises");
      await mkdir(broken, { recursive: true });
    }
    for (const [name, text] of Object.entries(files)) await writeFile(join(broken, name), text);
    try {
      await expect(readDataset(broken)).rejects.toThrow(message);
    } finally {
      await rm(broken, { recursive: true, force: true });
    }
  });

  it("adds an item that only the interactions name, and reads dates", async () => {
    const small = await mkdtemp(join(tmpdir(), "whygraph-evaluate-"));
    await writeFile(join(small, "items.tsv"), "item\nfilm:1\n");
    await writeFile(
      join(small, "interactions.tsv"),
      "user\titem\ttimestamp\nu1\tfilm:2\t1970-01-01T00:01:00Z\nu1\tfilm:1\t\n",
    );
    const { itemKeys, interactions, graph } = await readDataset(small);
    await rm(small, { recursive: true });
    expect(itemKeys).toEqual(["film:1", "film:2"]);
    expect([...interactions.time]).toEqual([60, Number.NaN]);
    expect([...interactions.value]).toEqual([1, 1]);
    expect(graph?.tripleCount).toBe(0);
  });
});
