import { hasData, post, type Reply, tell, wantsData } from "../ask.ts";
import type { Attack, Outcome, Target } from "../types.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQR"; // 18 fragments
const MANY_ROWS = 5_000;
const SLOW_MS = 4_000; // on a machine that does other things too

/** Succeeds where so much was worked out that one small request is a blow. */
function wantsWork(reply: Reply): Outcome {
  const slow = reply.status === 0 || (hasData(reply) && reply.milliseconds > SLOW_MS);
  const rows = reply.text.split('"name":').length - 1;
  return { succeeded: slow || rows > MANY_ROWS, told: `${tell(reply)}${rows > 0 ? `, ${rows} rows` : ""}` };
}

const ask = async (target: Target, query: string, variables?: object) =>
  wantsWork(await post(target, { query, variables }));

/** 18 fragments, each spreading the next twice, inside lists: 2^18 paths in less than 2 kB. */
function makeBomb(): string {
  const fragments = [...LETTERS].map((name, i) => {
    const next = LETTERS[i + 1];
    const inner = next ? `...${next}` : "name";
    return `fragment ${name} on Entity{x:triples(first:2){nodes{head{${inner}}}}y:triples(first:2){nodes{head{${inner}}}}}`;
  });
  return `{entities(first:5){nodes{...A}}}${fragments.join("")}`;
}

/** 15 pages (as many aliases as Armor lets pass) of entities with a page of triples each: 150,000 rows. */
function widen(size: string): string {
  const page = `entities${size}{nodes{name triples${size}{nodes{tail{name}}}}}`;
  return Array.from({ length: 15 }, (_, i) => `a${i}:${page}`).join(" ");
}

function nest(levels: number): string {
  return levels === 0 ? "name" : `name triples{nodes{tail{${nest(levels - 1)}}}}`;
}

const INTROSPECTION =
  "{__schema{types{name fields{name args{name type{name ofType{name}}}type{name ofType{name ofType{name}}}}inputFields{name}enumValues{name}}}}";

/** What one document can do, whoever sends it. */
export const DOCUMENT_ATTACKS: readonly Attack[] = [
  {
    name: "fragment bomb",
    aim: "18 fragments that spread the next twice: 2^18 lists",
    run: (target) => ask(target, makeBomb()),
  },
  {
    name: "sizes in variables",
    aim: "15 × 100 × 100 rows, where only literals are counted",
    run: (target) => ask(target, `query($n:Int){${widen("(first:$n)")}}`, { n: 100 }),
  },
  {
    name: "sizes in defaults of variables",
    aim: "the same by the defaults of variables",
    run: (target) => ask(target, `query($n:Int=100){${widen("(first:$n)")}}`),
  },
  {
    name: "sizes left out",
    aim: "20 rows at each of six levels, by the defaults of the schema",
    run: (target) => ask(target, `{entities{nodes{${nest(5)}}}}`),
  },
  {
    name: "sizes in fragments",
    aim: "the same in fragments and inline fragments",
    run: (target) => ask(target, `{...Q} fragment Q on Query{...on Query{${widen("(first:100)")}}}`),
  },
  {
    name: "a page of 200,000",
    aim: "all rows at once",
    run: async (target) =>
      wantsData(
        await post(target, {
          query: "query($n:Int){entities(first:$n){nodes{name}}}",
          variables: { n: 200_000 },
        }),
      ),
  },
  {
    name: "alias flood",
    aim: "one expensive field 300 times",
    run: async (target) => {
      const aliases = Array.from(
        { length: 300 },
        (_, i) =>
          `a${i}:popularItems(first:50){nodes{item{name} explanation{sentence evidence(first:20){sentence}}}}`,
      );
      return wantsData(await post(target, { query: `{${aliases.join(" ")}}` }));
    },
  },
  {
    name: "root flood",
    aim: "100 root fields by aliases, as password guessers do",
    run: async (target) => {
      const fields = Array.from({ length: 100 }, (_, i) => `a${i}:__typename`);
      return wantsData(await post(target, { query: `{${fields.join(" ")}}` }));
    },
  },
  {
    name: "field repetition",
    aim: "one field 1,000 times",
    run: async (target) => wantsData(await post(target, { query: `{${"__typename ".repeat(1_000)}}` })),
  },
  {
    name: "overlapping fields",
    aim: "validation compares 4,000 equal selections with each other",
    run: async (target) => {
      const reply = await post(target, { query: `{${"viewer{name}".repeat(4_000)}}` });
      return {
        succeeded: reply.status === 0 || reply.milliseconds > SLOW_MS || hasData(reply),
        told: tell(reply),
      };
    },
  },
  {
    name: "fragment pairs",
    aim: "validation compares 600 fragments with each other",
    run: async (target) => {
      const names = Array.from({ length: 600 }, (_, i) => `F${i}`);
      const fragments = names.map((name) => `fragment ${name} on Query{viewer{name role}}`);
      const reply = await post(target, {
        query: `{${names.map((name) => `...${name}`).join(" ")}}${fragments.join("")}`,
      });
      return {
        succeeded: reply.status === 0 || reply.milliseconds > SLOW_MS || hasData(reply),
        told: tell(reply),
      };
    },
  },
  {
    name: "directive flood",
    aim: "1,000 directives on one field",
    run: async (target) => {
      const reply = await post(target, { query: `{__typename ${"@a".repeat(1_000)}}` });
      return {
        succeeded: hasData(reply) || reply.text.length > 20_000 || reply.status !== 400,
        told: tell(reply),
      };
    },
  },
  {
    name: "token flood",
    aim: "100,000 tokens to parse and validate",
    run: async (target) => {
      const reply = await post(target, { query: `{${"a ".repeat(100_000)}}` });
      return {
        succeeded: reply.status === 0 || reply.status >= 500 || reply.milliseconds > SLOW_MS,
        told: tell(reply),
      };
    },
  },
  {
    name: "fault flood",
    aim: "an answer that lists hundreds of faults",
    run: async (target) => {
      const fields = Array.from({ length: 900 }, (_, i) => `entitie${i}`);
      const reply = await post(target, { query: `{${fields.join(" ")}}` });
      return { succeeded: reply.text.length > 10_000 || reply.status >= 500, told: tell(reply) };
    },
  },
  {
    name: "depth",
    aim: "60 levels of one change leading to another",
    run: async (target) =>
      wantsData(
        await post(target, {
          query: `{changes(first:5){nodes{kind ${"reverts{kind ".repeat(60)}${"}".repeat(60)}}}}`,
        }),
      ),
  },
  {
    name: "deep document",
    aim: "the parser's stack, 5,000 levels",
    run: async (target) => {
      const reply = await post(target, { query: "{a".repeat(5_000) + "}".repeat(5_000) });
      return {
        succeeded: reply.status === 0 || reply.status >= 500 || /call stack/.test(reply.text),
        told: tell(reply),
      };
    },
  },
  {
    name: "deep literal",
    aim: "the parser's stack, by lists in lists",
    run: async (target) => {
      const reply = await post(target, {
        query: `{entities(search:${"[".repeat(20_000)}${"]".repeat(20_000)}){nodes{id}}}`,
      });
      return {
        succeeded: reply.status === 0 || reply.status >= 500 || /call stack/.test(reply.text),
        told: tell(reply),
      };
    },
  },
  {
    name: "introspection",
    aim: "the whole schema, in production",
    run: async (target) => wantsData(await post(target, { query: INTROSPECTION })),
  },
  {
    name: "introspection in circles",
    aim: "types of fields of types of fields",
    run: async (target) =>
      wantsData(
        await post(target, { query: `{__schema{types{${"fields{type{".repeat(6)}name${"}}".repeat(6)}}}}` }),
      ),
  },
  {
    name: "suggestions",
    aim: "names of the schema from faults, where introspection is off",
    run: async (target) => {
      const reply = await post(target, { query: "{entitis{nodes{id}}}" });
      return { succeeded: /did you mean/i.test(reply.text), told: tell(reply) };
    },
  },
  {
    name: "array batching",
    aim: "50 requests in one",
    run: async (target) => wantsData(await post(target, Array(50).fill({ query: "{viewer{name}}" }))),
  },
  {
    name: "long list of ids",
    aim: "a list of 100,000 entries in the variables",
    run: async (target) => {
      const keys = Array.from({ length: 100_000 }, (_, i) => `k${i}`);
      const query = "query($k:[String!]){entities(filter:{keys:$k},first:1){nodes{id}pageInfo{hasNextPage}}}";
      const reply = await post(target, { query, variables: { k: keys } });
      return { succeeded: hasData(reply) || reply.status === 0 || reply.status >= 500, told: tell(reply) };
    },
  },
];
