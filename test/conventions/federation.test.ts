import { composeServices } from "@theguild/federation-composition";
import { parse } from "graphql";
import { beforeAll, expect, it } from "vitest";
import { type Gateway, openGateway } from "../resolvers/openGateway.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = await openGateway();
});

const SHOP = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { cheapest: Entity }
  type Entity @key(fields: "key") { key: String! price: Int! }`;

it("is a subgraph that composes with a shop's, which adds a price to the items of recommendations", async () => {
  const { data, errors } = await gateway.ask("{ _service { sdl } }");
  expect(errors).toEqual([]);
  const { supergraphSdl, errors: faults } = composeServices([
    { name: "whygraph", typeDefs: parse(data._service.sdl), url: "http://127.0.0.1:4000/graphql" },
    { name: "shop", typeDefs: parse(SHOP), url: "http://127.0.0.1:5000/graphql" },
  ]);
  expect((faults ?? []).map(({ message }) => message)).toEqual([]);
  const supergraph = parse(supergraphSdl ?? "");
  const entity = supergraph.definitions.find((one) => "name" in one && one.name?.value === "Entity");
  const fields = entity && "fields" in entity ? (entity.fields ?? []) : [];
  console.log(`federation: 2 subgraphs composed into ${supergraph.definitions.length} definitions`);
  expect(fields.map(({ name }) => name.value)).toEqual(expect.arrayContaining(["key", "name", "price"]));
});

const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { __typename ... on Entity { key name } ... on Triple { relation { key } } } }`;

it("gives what a federation gateway asks for by id or by key, in its order, null where unknown", async () => {
  const { data } = await gateway.ask(
    `{ entity(by: {key: "movie:alien"}) { id triples(first: 1, relations: ["directed_by"]) { nodes { id } } } }`,
  );
  const representations = [
    { __typename: "Entity", key: "movie:aliens" },
    { __typename: "Entity", id: data.entity.id },
    { __typename: "Entity", key: "movie:none" },
    { __typename: "Triple", id: data.entity.triples.nodes[0].id },
  ];
  const answer = await gateway.ask(ENTITIES, { representations });
  expect(answer.errors).toEqual([]);
  expect(answer.data._entities).toEqual([
    { __typename: "Entity", key: "movie:aliens", name: "Aliens" },
    { __typename: "Entity", key: "movie:alien", name: "Alien" },
    null,
    { __typename: "Triple", relation: { key: "directed_by" } },
  ]);
});

it.each([
  [{}, "the representation {} is not usable"],
  [{ __typename: "Query", id: "1" }, "is not usable"],
  [{ __typename: "Entity", id: "1" }, 'id "1" is malformed'],
  [{ __typename: "Triple", key: "movie:alien" }, "is not usable"],
])("refuses the representation %j", async (representation, reason) => {
  const { errors } = await gateway.ask(ENTITIES, { representations: [representation] });
  expect(errors[0]).toMatchObject({ code: "BAD_USER_INPUT", message: expect.stringContaining(reason) });
});
