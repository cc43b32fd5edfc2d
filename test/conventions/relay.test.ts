import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";

const run = promisify(execFile);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const COMPILER = createRequire(import.meta.url).resolve("relay-compiler/cli.js");
const folder = await mkdtemp(join(tmpdir(), "whygraph-relay-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

it("is a schema that relay-compiler compiles refetchable and connection fragments for", async () => {
  await copyFile(here("../../schema.graphql"), join(folder, "schema.graphql"));
  await copyFile(here("relay/RecommendationList.ts"), join(folder, "RecommendationList.ts"));
  const config = { src: ".", schema: "schema.graphql", language: "typescript", artifactDirectory: "made" };
  await writeFile(join(folder, "relay.config.json"), JSON.stringify(config));
  await mkdir(join(folder, "made"));
  await run(process.execPath, [COMPILER, "--noWatchman", "relay.config.json"], { cwd: folder }).catch(
    (error) => {
      throw new Error(`${error.stdout}${error.stderr}`);
    },
  );
  const made = (await readdir(join(folder, "made"))).sort();
  console.log(`relay-compiler: ${made.length} artifacts`);
  expect(made).toEqual([
    "RecommendationListChangedSubscription.graphql.ts",
    "RecommendationListEntityQuery.graphql.ts",
    "RecommendationListPageQuery.graphql.ts",
    "RecommendationListPaginationQuery.graphql.ts",
    "RecommendationListRecordMutation.graphql.ts",
    "RecommendationList_entity.graphql.ts",
    "RecommendationList_query.graphql.ts",
  ]);
}, 60_000);
