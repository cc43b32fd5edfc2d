import { readFileSync } from "node:fs";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";
import { expect, it } from "vitest";

const read = (path: string) => buildSchema(readFileSync(new URL(path, import.meta.url), "utf8"));

it("breaks no client of the schema that was published last, by graphql-inspector", async () => {
  const changes = await diff(read("published.graphql"), read("../../schema.graphql"));
  const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
  console.log(`graphql-inspector: ${changes.length} changes, ${breaking.length} of them breaking`);
  expect(breaking.map(({ message }) => message)).toEqual([]);
});
