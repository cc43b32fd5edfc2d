import { type DocumentNode, type OperationDefinitionNode, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { sizeOfOperation } from "../../../src/server/compiled/sizeOfOperation.ts";

const sizeOf = (text: string, limit = 100) => {
  const document: DocumentNode = parse(text);
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === "OperationDefinition",
  );
  return sizeOfOperation(document, operation!, limit);
};

describe("the size of an operation", () => {
  it("counts fields, and a fragment where it is spread", () => {
    expect(sizeOf("{ a { b ... on T { c } } }")).toBe(3);
    // a, x twice, each with its y: 1 + 2 × 2
    expect(sizeOf("{ a { ...F } ...F } fragment F on T { x { y } }")).toBe(5);
  });

  it("counts a bomb of fragments in no time, and no further than the limit", () => {
    const chain = Array.from(
      { length: 60 },
      (_, i) => `fragment F${i} on T { a { ...F${i + 1} ...F${i + 1} } }`,
    );
    expect(sizeOf(`{ ...F0 } ${chain.join(" ")} fragment F60 on T { a }`)).toBe(101); // else 2^60
  });

  it("counts introspection as too large, and not what tells a type's name", () => {
    expect(sizeOf("{ __typename a { __typename } }")).toBe(3);
    expect(sizeOf("{ a __schema { types { name } } }")).toBe(101);
  });

  it("ends where fragments go in a circle", () => {
    expect(sizeOf("{ ...F } fragment F on T { a { ...F } }")).toBe(101);
  });
});
