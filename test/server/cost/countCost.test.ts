import { buildSchema, type OperationDefinitionNode, parse } from "graphql";
import { expect, it } from "vitest";
import type { FieldCost } from "../../../src/schema/costs.ts";
import { CostModel } from "../../../src/server/cost/CostModel.ts";
import { countCost } from "../../../src/server/cost/countCost.ts";
import { measureCost } from "../../../src/server/cost/measureCost.ts";

const schema = buildSchema(`
  interface Node { id: ID! }
  type Book implements Node { id: ID! title: String books(first: Int = 10, last: Int): BookConnection! tags: [Tag!]! same: Book }
  type Tag implements Node { id: ID! name: String }
  type BookConnection { edges: [BookEdge!]! nodes: [Book!]! }
  type BookEdge { cursor: String! node: Book! }
  input Sent { entries: [Int!] }
  type Query { book: Book books(first: Int): BookConnection! node: Node nodes(ids: [ID!]!): [Node]! likely: [Book!]! send(input: Sent): Int }
`);
const declare = (name: string, cost: FieldCost) => {
  const [type, field] = name.split(".");
  const found = schema.getType(type) as unknown as { getFields(): Record<string, { extensions: object }> };
  found.getFields()[field].extensions = { cost };
};
schema.extensions = { cost: { request: 0, leaf: 0.0004, object: 0.002, root: 0.5, mutation: 5 } };
declare("Query.book", { once: 1 });
declare("Query.books", { once: 10, row: 1 });
declare("Book.books", { once: 5, each: 2, row: 0.5 });
declare("Book.tags", { once: 3, rows: 4, row: 0.25 });
declare("Query.nodes", { once: 1, row: 2, size: "ids" });
declare("Query.send", { once: 1, row: 0.5, size: "input.entries" });
declare("Query.node", { once: 1 });
declare("Query.likely", { once: 0 });
declare("Tag.name", { each: 1 });

const model = new CostModel(schema, 100);
const requestOf = (source: string, variables: Record<string, unknown> = {}) => {
  const document = parse(source);
  return { document, operation: document.definitions[0] as OperationDefinitionNode, variables };
};
const costOf = (source: string, variables?: Record<string, unknown>) =>
  Math.round(countCost(model, requestOf(source, variables)) * 10) / 10;

it("counts what is once for all parents, for each of them, and for each row", () => {
  // 10 + 3 × 1 for the books; 5 once for theirs, 3 × (2 + 10 × 0.5) more: the schema's default is 10.
  expect(costOf("{ books(first: 3) { nodes { books { nodes { title } } } } }")).toBe(10 + 3 + 5 + 3 * 7);
});

it("reads sizes from variables, their defaults and the schema's, and takes the largest for what it cannot know", () => {
  const nested = "query ($n: Int = 7) { books(first: $n) { nodes { title } } }";
  expect(costOf(nested, { n: 7 })).toBe(17);
  expect(costOf("{ books { nodes { title } } }")).toBe(30); // pages of no size have 20 rows
  expect(costOf("{ books(first: 0) { nodes { title } } }")).toBe(10);
  expect(costOf("{ likely { tags { name } } }")).toBe(3 + 100 * 4 * (0.25 + 1) + 0.2);
  expect(costOf("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: ["a", "b", "c"] })).toBe(7);
  expect(costOf('{ nodes(ids: ["a", "b"]) { id } }')).toBe(5);
  expect(costOf("query ($in: Sent) { send(input: $in) }", { in: { entries: [1, 2, 3, 4] } })).toBe(3);
  expect(costOf("{ send(input: { entries: [1, 2] }) }")).toBe(2);
});

it("counts what an argument adds where it is given, and not where it is null", () => {
  declare("Query.send", { once: 1, given: { input: 3 } });
  expect(costOf("{ send(input: {}) }")).toBe(4);
  expect(costOf("{ send(input: null) }")).toBe(1);
  expect(costOf("query ($in: Sent) { send(input: $in) }", { in: {} })).toBe(4);
  expect(costOf("query ($in: Sent) { send(input: $in) }", {})).toBe(1);
  declare("Query.send", { once: 1, row: 0.5, size: "input.entries" });
});

it("refuses a page that is larger than a page may be, wherever its size comes from", () => {
  for (const [source, variables] of [
    ["{ books(first: 101) { nodes { id } } }", {}],
    ["query ($n: Int) { books(first: $n) { nodes { id } } }", { n: 200_000 }],
    ["{ book { books(last: 500) { nodes { id } } } }", {}],
  ] as const) {
    expect(() => costOf(source, variables)).toThrow(
      /(first|last) of books is \d+, expected at most 100; read on/,
    );
  }
});

it("counts equal fields and fragments once where they meet, and what is skipped not at all", () => {
  const once = costOf("{ book { tags { name } } }");
  expect(costOf("{ book { tags { name } } ...F ...F } fragment F on Query { book { tags { name } } }")).toBe(
    once,
  );
  expect(costOf("query ($no: Boolean!) { book { tags @include(if: $no) { name } } }", { no: false })).toBe(1);
  expect(costOf("{ a: book { tags { name } } b: book { tags { name } } }")).toBe(2 * once);
});

it("counts an abstract type as its dearest", () => {
  expect(costOf("{ node { ... on Tag { name } ... on Book { title } } }")).toBe(2);
});

it("counts a bomb of fragments in no time, and as what it is", () => {
  const levels = 40; // 2^40 lists
  const fragments = Array.from({ length: levels }, (_, i) => {
    const inner = i + 1 < levels ? `...F${i + 1}` : "title";
    return `fragment F${i} on Book { a: same { ${inner} } b: same { ${inner} } }`;
  });
  expect(costOf(`{ book { ...F0 } } ${fragments.join("\n")}`)).toBeGreaterThan(2 ** 30);
});

it("gives up on what is merged anew at each level, as on what is over every limit", () => {
  const merged = Array.from(
    { length: 12 },
    (_, i) =>
      `fragment G${i} on Book { x: same { ...G${i + 1} } y: same { ...G${i + 1} title } x: same { title ...G${i + 1} } }`,
  );
  expect(costOf(`{ book { ...G0 } } ${merged.join("\n")} fragment G12 on Book { title }`)).toBeGreaterThan(0);
});

it("prices introspection by the schema, so that the usual query passes", () => {
  expect(costOf("{ __schema { types { name fields { name } } } }")).toBeLessThan(5);
});

it("counts an answer by the rows that it has", () => {
  const request = requestOf("{ books(first: 50) { nodes { title tags { name } } } }");
  const books = {
    nodes: [
      { title: "a", tags: [{ name: "x" }, { name: "y" }] },
      { title: "b", tags: [] },
    ],
  };
  // 10 + 2 rows, 3 once for tags and 2 of them: 0.25 and 1 each.
  expect(measureCost(model, request, { books })).toBeCloseTo(12 + 3 + 2 * 1.25 + 0.0068, 2);
  expect(measureCost(model, request, null)).toBe(0);
});
