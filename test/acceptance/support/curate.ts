import { expect } from "vitest";
import type { Client, Json } from "./openClient.ts";

const PAYLOAD = "problems { code message path } graphRevision change { id }";

async function edit(client: Client, field: string, type: string, input: object, more = ""): Promise<Json> {
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${PAYLOAD} ${more} } }`;
  const payload = (await client.ask(query, { input }))[field];
  expect(payload.problems).toEqual([]);
  return payload;
}

/** Takes a triple back; gives the revision of the graph after it. */
export async function retractTriple(client: Client, id: string): Promise<string> {
  return (await edit(client, "retractTriple", "RetractTripleInput", { id })).graphRevision;
}

/** Adds a triple by keys; gives the revision of the graph after it. */
export async function addTriple(
  client: Client,
  [head, relation, tail]: readonly [string, string, string],
): Promise<string> {
  return (await edit(client, "addTriple", "AddTripleInput", { head, relation, tail })).graphRevision;
}

/** Creates an item; gives the revision of the graph after it. */
export async function createItem(client: Client, key: string, name: string): Promise<string> {
  const input = { key, type: "movie", name, isItem: true };
  const { entity, graphRevision } = await edit(
    client,
    "createEntity",
    "CreateEntityInput",
    input,
    "entity { key name }",
  );
  expect(entity).toEqual({ key, name });
  return graphRevision;
}
