import { type DocumentNode, GraphQLError, parse } from "graphql";
import type { Limits } from "../../limits.ts";
import { type Excess, limitError } from "./limitError.ts";
import { measureSyntax, type Syntax } from "./measureSyntax.ts";
import { nestingOf } from "./nestingOf.ts";

const BRACKETS_PER_FIELD = 4; // its selections, its arguments, and an object in a list in them

const WHAT: { readonly [name in keyof Syntax]: readonly [noun: string, advice: string] } = {
  depth: ["levels of fields", "ask for less at once, or go on from the ids of what was answered"],
  aliases: [
    "aliases and repeated fields",
    "ask for each thing once, and for many by nodes(ids: …) or a filter",
  ],
  rootFields: ["root fields", "send them in several requests"],
  directives: ["directives", "leave out what does nothing"],
  fragments: ["fragments", "leave out those that are not used"],
};

/**
 * Looks at a document before it is validated: gives why it is refused, or null where it may go on. A fault of syntax is
 * no excess, and is left to whoever parses it next.
 */
export function checkDocument(source: string, limits: Limits): GraphQLError | null {
  const nesting = nestingOf(source, true);
  const most = limits.depth * BRACKETS_PER_FIELD;
  if (nesting > most) {
    const what = `the document has ${nesting} levels of brackets`;
    return limitError({ limit: "nesting", found: nesting, most, what, advice: WHAT.depth[1] });
  }
  const document = parseWithin(source, limits);
  if (document === null || document instanceof GraphQLError) return document;
  const counted = measureSyntax(document, limits.depth);
  const excess = (Object.keys(WHAT) as (keyof Syntax)[])
    .filter((limit) => counted[limit] > limits[limit])
    .map((limit) => excessOf(limit, counted[limit], limits[limit]));
  return excess.length > 0 ? limitError(excess[0]) : null;
}

function excessOf(limit: keyof Syntax, found: number, most: number): Excess {
  const [noun, advice] = WHAT[limit];
  if (limit === "depth") return { limit, found, most, what: `the document has over ${most} ${noun}`, advice };
  return { limit, found, most, what: `the document has ${found} ${noun}`, advice };
}

function parseWithin(source: string, { tokens }: Limits): DocumentNode | GraphQLError | null {
  try {
    return parse(source, { maxTokens: tokens, noLocation: true });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (!/more tha[nt] \d+ tokens/.test(error.message)) return null;
    const what = `the document has over ${tokens} tokens`;
    const advice = "ask for less at once, and send values as variables";
    return limitError({ limit: "tokens", found: `over ${tokens}`, most: tokens, what, advice });
  }
}
