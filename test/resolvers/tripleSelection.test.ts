import { type FieldNode, type FragmentDefinitionNode, type OperationDefinitionNode, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { entitySelection, tripleSelection } from "../../src/resolvers/tripleSelection.ts";

const infoOf = (text: string) => {
  const { definitions } = parse(text);
  const [operation] = definitions as OperationDefinitionNode[];
  const fragments = definitions.filter(
    (one): one is FragmentDefinitionNode => one.kind === "FragmentDefinition",
  );
  return {
    fieldNodes: operation.selectionSet.selections as FieldNode[],
    fragments: Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment])),
  };
};

describe("the selection of triples", () => {
  it("reads through nodes, edges, fragments and aliases", () => {
    const info =
      infoOf(`{ triples { nodes { ...T c: confidence } edges { cursor node { rank tail { id } } } } }
      fragment T on Triple { head { n: name ... on Entity { key } } changes { nodes { revision } } }`);
    expect(tripleSelection(info)).toEqual({
      triple: ["confidence", "rank"],
      head: ["key", "name"],
      relation: null,
      tail: [],
    });
  });

  it("adds up where a field is selected twice", () => {
    const info = infoOf("{ triples { nodes { rank } } triples { nodes { relation { label } } } }");
    expect(tripleSelection(info)).toEqual({ triple: ["rank"], head: null, relation: ["label"], tail: null });
  });

  it("ends where fragments spread themselves over and over", () => {
    const chain = Array.from(
      { length: 40 },
      (_, i) => `fragment F${i} on T { ...F${i + 1} ...F${i + 1} }`,
    ).join(" ");
    const info = infoOf(`{ entities { nodes { ...F0 } } } ${chain} fragment F40 on T { name }`);
    expect(entitySelection(info)).toEqual(["name"]);
  });
});
