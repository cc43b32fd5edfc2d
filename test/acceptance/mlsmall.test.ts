import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../support/database.ts";
import { type Finished, runWhygraph, startServer } from "../support/server.ts";
import { countLive, expectSum, expectWalk, explain, listTriples } from "./support/explanation.ts";
import { type Client, type Json, openClient } from "./support/openClient.ts";
import { WIDE } from "./support/wide.ts";

const DATA = fileURLToPath(new URL("../../../shared/data/mlsmall", import.meta.url));
const MINUTE = 60_000;

describe.skipIf(!existsSync(DATA))("MovieLens with facts from DBpedia, imported and trained", () => {
  let env: { readonly DATABASE_URL: string };
  let client: Client;

  const run = async (...args: string[]): Promise<Json> => {
    const { code, stdout, stderr }: Finished = await runWhygraph([...args, "--json"], env);
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout);
  };

  beforeAll(async () => {
    env = { DATABASE_URL: (await createTestDatabase()).url };
    const imported = await run("import", DATA);
    // stats.json of the folder, and the items without a row in its entities
    expect(imported).toMatchObject({
      inserted: { relations: 13, triples: 121_862, interactions: 100_836 },
      rejected: 0,
    });
    const trained = await run("train", "--config", "demo/settings.json"); // without the search, which takes minutes
    console.log(
      `imported in ${imported.seconds.toFixed(1)} s (${imported.triplesPerSecond} triples/s), trained in ${trained.data.seconds.toFixed(1)} s`,
    );
    client = openClient((await startServer({ ...env, ...WIDE })).url);
  }, 10 * MINUTE);

  it(
    "changes nothing when it is imported again",
    async () => {
      const none = { entities: 0, relations: 0, triples: 0, interactions: 0 };
      const again = await run("import", DATA);
      expect(again).toMatchObject({ inserted: none, updated: none, unchanged: { triples: 121_862 } });
    },
    5 * MINUTE,
  );

  it(
    "names what a film shares with what u1 rated, over triples that open",
    async () => {
      const { recommendations } = await client.ask(
        `{ recommendations(user: "u1", first: 20) { nodes { rank score item { key name } } } }`,
      );
      expect(recommendations.nodes).toHaveLength(20);
      const told: Json[] = [];
      for (const { item, rank, score } of recommendations.nodes) {
        const one = await explain(client, "u1", item.key);
        expect(one).toMatchObject({ rank, item });
        expect(one.score).toBeCloseTo(score, 9);
        told.push(one);
      }
      for (const key of ["movie:1", "movie:50", "movie:296", "movie:527", "movie:2571", "movie:79132"]) {
        told.push(await explain(client, "u1", key));
      }
      for (const one of told) {
        expectSum(one);
        expectWalk(one);
      }
      const triples = listTriples(told);
      expect(triples.length).toBeGreaterThan(100);
      expect(await countLive(client, triples)).toBe(triples.length);
    },
    MINUTE,
  );

  it(
    "says whose film it is: because you rated X, also directed by Y",
    async () => {
      // u1 rated Jurassic Park (480), and has not rated Jaws by the same director.
      const { triples } = await client.ask(
        `{ triples(filter: {head: "movie:480", relation: "directed_by"}) { nodes { tail { key name } } } }`,
      );
      const [{ tail: director }] = triples.nodes;
      const films = await client.ask(
        `query ($tail: String!) { triples(filter: {relation: "directed_by", tail: $tail}, first: 50) { nodes { head { key } } } }`,
        { tail: director.key },
      );
      expect(director.name).toBe("Steven Spielberg");
      const sentences: string[] = [];
      for (const { head } of films.triples.nodes) {
        const { evidence } = await explain(client, "u1", head.key);
        for (const { sentence, path } of evidence) {
          if (path.steps[0].relation?.key === "directed_by" && path.steps[0].to.key === director.key) {
            sentences.push(sentence);
          }
        }
      }
      expect(sentences).toContainEqual(
        expect.stringMatching(
          /^because you rated Jurassic Park \(1993\), also directed by Steven Spielberg$/,
        ),
      );
    },
    MINUTE,
  );

  it(
    "adds up for 50 pairs over HTTP and for 1,000 in the audit, which deletes triples for real",
    async () => {
      const { entities } = await client.ask(
        `{ entities(filter: {types: ["movie"], isItem: true}, first: 50) { nodes { key } } }`,
      );
      for (const [place, { key }] of entities.nodes.entries()) {
        expectSum(await explain(client, `u${1 + 12 * place}`, key));
      }
      const report = await run("audit", "--pairs", "1000", "--deletions", "50");
      expect(report).toMatchObject({ pairs: 1000, deletions: 50, liveSteps: 1 });
      expect(report.completenessError).toBeLessThanOrEqual(1e-5);
      expect(report.deletionErrorFrozen).toBeLessThanOrEqual(1e-4);
      expect(report.signAgreement).toBeGreaterThan(0.9);
      for (const count of [1, 3, 5]) {
        const { strongest, random } = report.comprehensiveness[count];
        expect(strongest).toBeGreaterThan(random);
      }
    },
    3 * MINUTE,
  );
});
