import { expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../../src/limits.ts";
import { checkDocument } from "../../../src/server/limits/checkDocument.ts";
import { nestingOf } from "../../../src/server/limits/nestingOf.ts";

const limits = {
  ...DEFAULT_LIMITS,
  tokens: 400,
  depth: 5,
  aliases: 3,
  rootFields: 10,
  directives: 2,
  fragments: 4,
};
const problemOf = (source: string) => checkDocument(source, limits);

it("lets a document pass that is within all limits", () => {
  expect(
    problemOf(
      "query ($n: Int = 3) { a: one(n: $n) { two @skip(if: false) { ...F } } } fragment F on T { x }",
    ),
  ).toBe(null);
});

it("leaves faults of syntax to whoever parses next", () => {
  expect(problemOf("{ a")).toBe(null);
  expect(problemOf("")).toBe(null);
});

it.each([
  [
    "tokens",
    `{ ${"a ".repeat(400)} }`,
    "the document has over 400 tokens, expected at most 400; ask for less at once",
  ],
  [
    "depth",
    "{ a { b { c { d { e { f } } } } } }",
    "the document has over 5 levels of fields, expected at most 5",
  ],
  ["depth", "{ a { b { ...F } } } fragment F on T { c { d { e { f } } } }", "over 5 levels of fields"],
  [
    "aliases",
    "{ w: a x: a y: a z: a }",
    "the document has 4 aliases and repeated fields, expected at most 3",
  ],
  ["aliases", "{ a a a a a }", "the document has 4 aliases and repeated fields"],
  ["rootFields", "{ a b c d e f ...F } fragment F on Query { g h i j k }", "the document has 11 root fields"],
  ["directives", "{ a @x @y b @z }", "the document has 3 directives, expected at most 2"],
  ["directives", "query @x @y @z { a }", "the document has 3 directives"],
  ["fragments", `{a} ${"ABCDE".replace(/./g, "fragment $& on T { a } ")}`, "the document has 5 fragments"],
  [
    "nesting",
    `{ a(b: ${"[".repeat(30)}${"]".repeat(30)}) }`,
    "the document has 32 levels of brackets, expected at most 20",
  ],
])("refuses what has too many %s", (limit, source, message) => {
  const refusal = problemOf(source);
  expect(refusal?.message).toContain(message);
  expect(refusal?.extensions).toMatchObject({ code: "LIMIT_EXCEEDED", limit, http: { status: 400 } });
});

it("goes round no circle of fragments, and reads each once", () => {
  expect(problemOf("{ ...A } fragment A on T { a { ...B } } fragment B on T { b { ...A } }")).toBe(null);
  const names = [..."ABC"];
  const bomb = names.map(
    (name, i) => `fragment ${name} on T { ...${names[i + 1] ?? "D"} ...${names[i + 1] ?? "D"} }`,
  );
  expect(problemOf(`{ ...A } ${bomb.join(" ")} fragment D on T { x }`)).toBe(null);
});

it("counts brackets outside strings and comments, as deep as a text is long", () => {
  expect(nestingOf('{ a(b: "{{{{", c: """ {{{ \\""" {{{ """) # {{{{\n }', true)).toBe(2);
  expect(nestingOf('{"a": "\\"{{{{", "b": [[]]}', false)).toBe(3);
  expect(nestingOf("[".repeat(1_000_000), false)).toBe(1_000_000);
  expect(nestingOf('"""'.repeat(300_000), true)).toBe(0);
});
