import { existsSync, readFileSync } from "node:fs";
import { buildSchema as buildFromText, type GraphQLSchema, parse } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { buildSchema } from "../../src/schema/buildSchema.ts";
import { compareWithContract, namesUsed } from "./compareWithContract.ts";

/** What the contract promises and the code does not have. It may only shrink. */
const NOT_YET: Readonly<Record<string, string>> = {};

const copy = new URL("./contract.graphql", import.meta.url);
const original = new URL("../../../shared/contract.graphql", import.meta.url);
const contract = parse(readFileSync(copy, "utf8"));

describe("the schema and its contract", () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = await buildSchema();
  });

  it("lacks exactly what is listed as not there yet", () => {
    const { missing } = compareWithContract(schema, contract);
    expect(missing.sort()).toEqual(Object.keys(NOT_YET).sort());
  });

  it("keeps every name, argument, type, nullability and default", () => {
    expect(compareWithContract(schema, contract).different).toEqual([]);
  });

  it("has every type that the contract names without spelling it out", () => {
    const names = [...namesUsed(contract, new Set(Object.keys(NOT_YET)))];
    expect(names).toContain("EntityConnection");
    expect(names.filter((name) => !schema.getType(name))).toEqual([]);
  });

  it.skipIf(!existsSync(original))("is compared with the contract as it stands", () => {
    expect(readFileSync(copy, "utf8")).toBe(readFileSync(original, "utf8"));
  });
});

describe("compareWithContract", () => {
  const differencesTo = (text: string) =>
    compareWithContract(
      buildFromText("enum E { A } input In { a: Int = 1 } type Query { a(b: Int = 1, in: In): [E!]! }"),
      parse(text),
    );

  it("finds nothing in an equal contract", () => {
    expect(differencesTo("enum E { A } input In { a: Int = 1 } type Query { a(b: Int = 1): [E!]! }")).toEqual(
      {
        missing: [],
        different: [],
      },
    );
  });

  it("finds what is missing, at its place", () => {
    const { missing } = differencesTo(
      "scalar S enum E { B } input In { c: Int } type Query { a(d: Int): [E!]! e: Int }",
    );
    expect(missing).toEqual(["S", "E.B", "In(c)", "Query.a(d)", "Query.e"]);
  });

  it("finds another nullability, type, default and @oneOf, and an argument that became required", () => {
    const { different } = differencesTo("input In @oneOf { a: Int = 2 } type Query { a(b: Int): [E]! }");
    expect(different).toEqual([
      "In(a): default 1, expected 2",
      "In: @oneOf",
      "Query.a: [E!]!, expected [E]!",
      "Query.a(b): default 1, expected undefined",
    ]);
    const stricter = buildFromText("type Query { a(b: Int!): Int }");
    expect(compareWithContract(stricter, parse("type Query { a: Int }")).different).toEqual([
      "Query.a(b): required, but not in the contract",
    ]);
  });
});
