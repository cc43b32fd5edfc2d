import { buildSchema, type OperationDefinitionNode, parse } from "graphql";
import { expect, it } from "vitest";
import { CostModel } from "../../../src/server/cost/CostModel.ts";
import { countCost } from "../../../src/server/cost/countCost.ts";
import { rememberCosts } from "../../../src/server/cost/rememberCosts.ts";

const schema = buildSchema(`
  type Book { title: String books(first: Int = 10): BookConnection! }
  type BookConnection { nodes: [Book!]! }
  type Query { book(key: String): Book books(first: Int, ids: [ID!]): BookConnection! }
`);
schema.extensions = { cost: { request: 1, leaf: 0.1, object: 0.2, root: 0.5, mutation: 5 } };
schema.getQueryType()!.getFields().book.extensions = { cost: { given: { key: 0.25 } } };
const model = new CostModel(schema, 100);
const document =
  parse(`query ($key: String, $first: Int = 7, $deep: Boolean! = true, $bare: Boolean! = false) {
  book(key: $key) @skip(if: $bare) { title }
  books(first: $first) { nodes { title books(first: 3) @include(if: $deep) { nodes { title } } } } }`);
const operation = document.definitions[0] as OperationDefinitionNode;

it("gives what is counted, whatever the variables", () => {
  const remembered = rememberCosts(model);
  for (let round = 0; round < 2; round++) {
    for (const first of [1, 5, null, undefined, 99]) {
      for (const deep of [true, false]) {
        for (const bare of [true, false]) {
          for (const key of [`k${round}`, null]) {
            const variables = { key, ...(first === undefined ? {} : { first }), deep, bare };
            const request = { document, operation, variables };
            expect(remembered(request)).toBe(countCost(model, request));
          }
        }
      }
    }
  }
});

it("counts once for the same sizes and switches, whatever texts say", () => {
  let counted = 0;
  const watched = Object.assign(Object.create(model), {
    priceOf: (...args: Parameters<CostModel["priceOf"]>) => {
      counted++;
      return model.priceOf(...args);
    },
  });
  const remembered = rememberCosts(watched);
  const ask = (key: string | null, first: number) =>
    remembered({ document, operation, variables: { key, first, deep: true, bare: false } });
  ask("a", 3);
  const once = counted;
  ask("b", 3);
  expect(counted).toBe(once);
  ask("b", 4);
  expect(counted).toBe(2 * once);
  ask(null, 4);
  expect(counted).toBe(3 * once);
});

it("refuses too large a page each time", () => {
  const remembered = rememberCosts(model);
  const request = { document, operation, variables: { first: 101, deep: true, bare: false } };
  for (let round = 0; round < 2; round++) expect(() => remembered(request)).toThrow("first of books is 101");
});
