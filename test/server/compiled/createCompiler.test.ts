import { buildSchema, type DocumentNode, type OperationDefinitionNode, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { createCompiler } from "../../../src/server/compiled/createCompiler.ts";

const schema = buildSchema("type Query { a: Int, t: Query } type Mutation { a: Int }");
const read = (text: string): [DocumentNode, OperationDefinitionNode] => {
  const document = parse(text);
  return [document, document.definitions[0] as OperationDefinitionNode];
};

describe("the compiler of queries", () => {
  it("compiles what comes for the third time", () => {
    const compiler = createCompiler(schema);
    const query = read("{ a }");
    expect([1, 2, 3, 4].map(() => compiler.find(...query) !== null)).toEqual([false, false, true, true]);
  });

  it("gives what the query asks for", () => {
    const compiled = createCompiler(schema, { usesBefore: 0 }).find(...read("{ t { b: a } }"));
    expect(compiled?.({}, {})).toEqual({ data: { t: null } });
  });

  it("never compiles what writes, nor what is too large", () => {
    const compiler = createCompiler(schema, { usesBefore: 0 });
    const wide = Array.from({ length: 401 }, (_, i) => `a${i}: a`).join(" ");
    expect(compiler.find(...read("mutation { a }"))).toBeNull();
    expect(compiler.find(...read(`{ ${wide} }`))).toBeNull();
  });

  it("never compiles what takes a nested input, whose types it would unroll for ever", () => {
    const nesting = buildSchema(
      "input F { a: Int, not: F } input G { f: [F!] } type Query { a(g: G, i: Int): Int }",
    );
    const compiler = createCompiler(nesting, { usesBefore: 0 });
    expect(compiler.find(...read("query ($g: G) { a(g: $g) }"))).toBeNull();
    expect(
      compiler.find(...read("query ($i: Int) { a(g: { f: [{ not: { a: 1 } }] }, i: $i) }")),
    ).not.toBeNull();
  });

  it("forgets what was not asked for the longest time, once it holds too many", () => {
    const compiler = createCompiler(schema, { usesBefore: 1, most: 2 });
    const [one, two, three] = ["{ a }", "{ b: a }", "{ c: a }"].map(read);
    for (const query of [one, two, one, three]) compiler.find(...query); // two was asked for before one
    expect(compiler.find(...one)).not.toBeNull();
    expect(compiler.find(...two)).toBeNull();
  });
});
