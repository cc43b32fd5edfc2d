import { setTimeout as sleep } from "node:timers/promises";
import { hasData, post, type Reply, send, tell, wantsFailure } from "../ask.ts";
import type { Attack, Outcome, Target } from "../types.ts";

const packed = (value: unknown) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** Sends one after the other; succeeds where any does. */
async function tryAll(replies: readonly Promise<Reply>[]): Promise<Outcome> {
  const outcomes = (await Promise.all(replies)).map(wantsFailure);
  return outcomes.find(({ succeeded }) => succeeded) ?? outcomes[0];
}

const SEARCH = "query($s:String){entities(search:$s,first:20,orderBy:RELEVANCE){nodes{name}}}";
// Lets nobody read entities, and ends the connections of those who wait to, every tenth of a second.
const BREAK_WAITING = `
  do $$ begin
    lock table entity in access exclusive mode;
    for round in 1..12 loop
      perform pg_sleep(0.1);
      perform pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock';
      perform pg_stat_clear_snapshot();
    end loop;
  end $$`;
const XSS = "<script>alert(1)</script><img src=x onerror=alert(1)>";

async function createScript(target: Target): Promise<string | null> {
  const input = { key: "xss", name: XSS, type: "film", description: XSS, aliases: [XSS] };
  const query = "mutation($i:CreateEntityInput!){createEntity(input:$i){entity{id} problems{message}}}";
  const { text } = await post(target, { query, variables: { i: input } }, { key: target.keys.admin });
  return JSON.parse(text).data?.createEntity?.entity?.id ?? null;
}

/** What values can do. */
export const VALUE_ATTACKS: readonly Attack[] = [
  {
    name: "prototype pollution",
    aim: "variables and options by __proto__ and constructor",
    run: async (target) => {
      const query = "query($n:Int){entities(first:$n){nodes{key}}}";
      const bodies = [
        `{"query":${JSON.stringify(query)},"variables":{"__proto__":{"n":1},"constructor":{"prototype":{"n":1}}}}`,
        `{"__proto__":{"query":"{viewer{name}}"},"query":${JSON.stringify(query)},"extensions":{"__proto__":{"polluted":1}}}`,
      ];
      for (const body of bodies) {
        const reply = await post(target, body);
        const rows = reply.text.split('"key"').length - 1;
        if (rows <= 1 || reply.status >= 500)
          return { succeeded: true, told: `${tell(reply)}, ${rows} rows` };
      }
      const create =
        'mutation{createEntity(input:{key:"p",name:"P",type:"film",dryRun:true,attributes:{__proto__:{polluted:1}}}){entity{key}}}';
      await post(target, { query: create }, { key: target.keys.admin });
      const after = await post(target, { query: "{entities(first:1){nodes{attributes}}}" });
      return { succeeded: /polluted/.test(after.text), told: tell(after) };
    },
  },
  {
    name: "names of Object's own",
    aim: "operations and keys named __proto__, constructor, toString",
    run: (target) =>
      tryAll(
        ["__proto__", "constructor", "toString"].flatMap((name) => [
          post(target, { query: "query a{viewer{name}}", operationName: name }),
          post(target, { query: "query($k:String){entity(by:{key:$k}){name}}", variables: { k: name } }),
        ]),
      ),
  },
  {
    name: "cursor tampering",
    aim: "SQL, or a failure, by what is packed in a cursor",
    run: (target) => {
      const cursors = [
        "x",
        packed("["),
        packed(["name", "' or 1=1 --", "x"]),
        packed(["NAME_ASC", null, { a: 1 }]),
        packed("\u0000"),
        "=".repeat(5_000),
        packed(["page", "1", "99999999999999999999999"]),
      ];
      const fields = [
        "entities(first:5,after:$c)",
        "triples(first:5,after:$c)",
        "changes(first:5,after:$c)",
        "popularItems(first:5,after:$c)",
      ];
      return tryAll(
        cursors.flatMap((c) =>
          fields.map((field) =>
            post(target, { query: `query($c:String){${field}{pageInfo{hasNextPage}}}`, variables: { c } }),
          ),
        ),
      );
    },
  },
  {
    name: "ORDER BY injection",
    aim: "SQL by the order of a list",
    run: (target) =>
      tryAll(
        ["NAME_ASC; drop table triple", "name desc, (select pg_sleep(5))", 1].map((o) =>
          post(target, {
            query: "query($o:EntityOrder){entities(first:5,orderBy:$o){nodes{name}}}",
            variables: { o },
          }),
        ),
      ),
  },
  {
    name: "SQL injection",
    aim: "SQL by keys, names and filters",
    run: async (target) => {
      const value = "'; drop table interaction; --";
      const outcome = await tryAll([
        post(target, { query: "query($k:String){entity(by:{key:$k}){name}}", variables: { k: value } }),
        post(target, {
          query: "query($k:String!){entities(filter:{types:[$k]}){nodes{name}}}",
          variables: { k: value },
        }),
        post(target, {
          query: "query($k:String!){recommendations(user:$k,first:2){nodes{score}}}",
          variables: { k: value },
        }),
        post(target, {
          query: "query($k:String!){triples(filter:{relation:$k}){nodes{id}}}",
          variables: { k: value },
        }),
      ]);
      const [{ there }] = await target.sql("select to_regclass('interaction') is not null as there");
      return there ? outcome : { succeeded: true, told: "a table is gone" };
    },
  },
  {
    name: "tsquery injection",
    aim: "a failure by the operators of full-text search",
    run: (target) =>
      tryAll(
        ["' & | !", "a & (", "!!!:*", "a <-> ", "\\", "'", ":*", "a:b:c"].map((s) =>
          post(target, { query: SEARCH, variables: { s } }),
        ),
      ),
  },
  {
    name: "LIKE injection",
    aim: "all rows by wildcards",
    run: async (target) => {
      const replies = await Promise.all(
        ["%", "____", "%%%", "_"].map((s) => post(target, { query: SEARCH, variables: { s } })),
      );
      const rows = Math.max(...replies.map(({ text }) => (text.match(/"name"/g) ?? []).length));
      return {
        succeeded: rows > 3 || replies.some(({ status }) => status >= 500),
        told: `${tell(replies[0])}, ${rows} rows`,
      };
    },
  },
  {
    name: "NUL and lone surrogates",
    aim: "what Postgres refuses to store",
    run: (target) =>
      tryAll(
        ["\u0000", "a\u0000b", "\ud800", "\udfff\ud800"].flatMap((s) => [
          post(target, { query: SEARCH, variables: { s } }),
          post(target, { query: "query($k:String){entity(by:{key:$k}){name}}", variables: { k: s } }),
          post(target, {
            query: "query($k:String!){recommendations(user:$k,first:1){nodes{score}}}",
            variables: { k: s },
          }),
        ]),
      ),
  },
  {
    name: "numbers out of range",
    aim: "a failure by ids that no column holds",
    run: (target) =>
      tryAll(
        [
          packed("Entity:99999999999999999999999"),
          packed("Relation:99999999999"),
          packed("Entity:-1"),
          packed("Entity:1e9"),
          packed("Change:99999999999999999999"),
          "x",
        ].flatMap((id) => [
          post(target, { query: "query($i:ID!){node(id:$i){id}}", variables: { i: id } }),
          post(target, { query: "query($i:ID){entity(by:{id:$i}){name}}", variables: { i: id } }),
        ]),
      ),
  },
  {
    name: "dates out of range",
    aim: "a failure by times that no column holds",
    run: (target) =>
      tryAll(
        ["+275760-09-13T00:00:00Z", "0000-01-01T00:00:00Z", "-271821-04-20T00:00:00Z"].map((at) =>
          post(target, {
            query: "query($a:DateTime){changes(first:1,filter:{since:$a}){nodes{id}}}",
            variables: { a: at },
          }),
        ),
      ),
  },
  {
    name: "catastrophic pattern",
    aim: "a regular expression that never ends",
    run: async (target) => {
      const input = { key: "evil", type: "film", attribute: "name", pattern: "^(a+)+$", dryRun: true };
      const query = "mutation($i:DefineShapeInput!){defineShape(input:$i){problems{message}}}";
      const reply = await post(target, { query, variables: { i: input } }, { key: target.keys.admin });
      return { succeeded: reply.status === 0 || reply.milliseconds > 10_000, told: tell(reply) };
    },
  },
  {
    name: "stored XSS",
    aim: "a script in a name, on a page of the server",
    run: async (target) => {
      const id = await createScript(target);
      const paths = [
        "/",
        "/graphql",
        "/reconcile",
        `/reconcile/preview?id=${id}`,
        "/reconcile/preview?id=xss",
        `/reconcile/entity/${id}`,
        "/reconcile/entity/xss",
        "/entity/xss",
      ];
      const pages = await Promise.all(
        paths.map((path) =>
          send(`${target.origin}${path}`, {
            headers: { accept: "text/html", authorization: `Bearer ${target.keys.viewer}` },
          }),
        ),
      );
      const struck = pages.findIndex(
        ({ type, text }) => /html/.test(type) && text.includes("<script>alert(1)"),
      );
      return {
        succeeded: id === null || struck >= 0,
        told: struck >= 0 ? `a script at ${paths[struck]}` : pages.map(({ status }) => status).join(" "),
      };
    },
  },
  {
    name: "answers taken for HTML",
    aim: "a script in an answer that a browser is left to guess",
    run: async (target) => {
      const reply = await post(target, { query: `{${XSS.replace(/[<>/]/g, "")}` });
      const guarded =
        reply.headers.get("x-content-type-options") === "nosniff" ||
        /application\/(graphql-response\+)?json/.test(reply.type);
      return {
        succeeded: !guarded,
        told: `${reply.type || "no type"}, x-content-type-options: ${reply.headers.get("x-content-type-options") ?? "none"}`,
      };
    },
  },
  {
    name: "error leaks",
    aim: "the database's words, when its connection breaks",
    run: async (target) => {
      const breaking = target.sql(BREAK_WAITING);
      await sleep(200); // by then nobody else reads entities
      const asks = Array.from({ length: 30 }, (_, i) =>
        post(target, { query: SEARCH, variables: { s: `leak ${i}` } }),
      );
      await breaking;
      const replies = await Promise.all(asks);
      const leaking = replies.map(wantsFailure).find(({ told }) => told.includes("leaks"));
      const failed = replies.filter((reply) => !hasData(reply)).length;
      return (
        leaking ?? { succeeded: target.ended(), told: `${failed} of ${replies.length} failed, none says why` }
      );
    },
  },
];
