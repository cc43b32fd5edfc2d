import { buildSchema, type GraphQLObjectType, isObjectType, isUnionType } from "graphql";
import { createClient as createEventClient } from "graphql-sse";
import { createClient as createSocketClient } from "graphql-ws";
import { beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { createKey } from "../../src/keys.ts";
import type { Database } from "../../src/kg/database.ts";
import { globalId, NODE_TYPES, type NodeType } from "../../src/schema/globalId.ts";
import { printSchemaText } from "../../src/schema/printSchemaText.ts";
import { call, disguise, rootFields, speaksOfUsers } from "./attempt.ts";
import { NEEDS, NODE_NEEDS, VIEWERS } from "./needs.ts";
import { openServers, type Sender } from "./openServers.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the JSON that it is
type Json = any;

const schema = buildSchema(await printSchemaText());
const FIELDS = rootFields(schema);
const union = schema.getType("_Entity");
/** Types that a federated gateway reads by `_entities`; none where there is no federation. */
const FEDERATED = isUnionType(union) ? union.getTypes().map(({ name }) => name) : [];
const ACCESS_CODES = ["UNAUTHENTICATED", "FORBIDDEN"];

let db: Database;
let senders: ReadonlyMap<string, Sender>;
beforeAll(async () => {
  ({ db, senders } = await openServers());
});

interface Answer {
  readonly status: number;
  readonly challenge: string | null;
  readonly data: Json;
  readonly errors: readonly Json[];
  /** Those of its errors that refuse access. */
  readonly refusals: readonly string[];
}

async function ask({ url, authorization }: Sender, query: string, operationName?: string): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(authorization && { authorization }) },
    body: JSON.stringify({ query, operationName }),
  });
  const { data, errors = [] } = (await response.json()) as Json;
  const codes = errors.map(({ extensions }: Json) => extensions.code);
  return {
    ...{ status: response.status, challenge: response.headers.get("www-authenticate"), data, errors },
    refusals: codes.filter((code: string) => ACCESS_CODES.includes(code)),
  };
}

const senderOf = (who: string) => senders.get(who) as Sender;
const codeFor = (who: string) => (who.startsWith("nobody") ? "UNAUTHENTICATED" : "FORBIDDEN");
const holds = (who: string, needs: readonly string[]) =>
  who.includes("needs a key")
    ? false
    : needs.length === 0 || needs.some((scope) => VIEWERS[who].includes(scope));

/** What a field needs as it is tried here: `node` by the id of a triple, and the proposals of everybody. */
function tried(name: string): readonly (readonly string[])[] {
  if (/^Query\.(nodes?|_entities)$/.test(name)) return NODE_NEEDS.Triple;
  return name === "Query.proposals" ? NODE_NEEDS.Proposal : [NEEDS[name]];
}

/** Nothing of what was asked for is in the answer, and its status and headers say why. */
function expectRefused(answer: Answer, who: string, at: string): void {
  expect(new Set(answer.errors.map(({ extensions }) => extensions.code)), at).toEqual(
    new Set([codeFor(who)]),
  );
  expect(
    Object.values(answer.data ?? {})
      .flat()
      .filter((value) => value !== null),
    at,
  ).toEqual([]);
  const [status, challenge] = who.startsWith("nobody")
    ? [401, /^Bearer /]
    : [403, /error="insufficient_scope"/];
  expect([answer.status, answer.challenge], at).toEqual([status, expect.stringMatching(challenge)]);
}

const countRows = () =>
  db.query(`select (select revision from graph) as revision, (select count(*) from interaction) as interactions,
    (select count(*) from proposal) as proposals, (select count(*) from job) as jobs,
    (select count(*) from model) as models, (select max(id) from model_activation) as activation`);

describe("every root field of the printed schema", () => {
  it("has its need written down here, and says the same in its description", () => {
    expect(Object.keys(NEEDS).sort()).toEqual(FIELDS.map(([name]) => name).sort());
    for (const [name, , { description }] of FIELDS) {
      const told = /Needs ((?:`[a-z:]+`(?: \([A-Z, ]+\))?(?: or )?)+)/.exec(description ?? "")?.[1] ?? "";
      expect(
        [...told.matchAll(/`([a-z:]+)`/g)].map(([, scope]) => scope),
        name,
      ).toEqual(NEEDS[name]);
    }
  });

  it.each(Object.keys(VIEWERS))(
    "lets %s do what it may and no more, plainly, by aliases and in fragments",
    async (who) => {
      const before = await countRows();
      for (const [name, type, field] of FIELDS.filter(([, type]) => type !== "Subscription")) {
        const allowed = tried(name).every((needs) => holds(who, needs));
        const plain = allowed || who.startsWith("a key for");
        const query = plain ? `${type.toLowerCase()} { ${call(field)} }` : disguise(type, call(field));
        const answer = await ask(senderOf(who), query, plain ? undefined : "Attempt");
        if (allowed) expect(answer.refusals, `${name}: ${JSON.stringify(answer.errors)}`).toEqual([]);
        else expectRefused(answer, who, name);
      }
      expect(await countRows()).toEqual(before);
    },
  );

  it("gives one's own proposals to whoever may propose, and those of others to curators", async () => {
    const own = "{ proposals(mine: true) { nodes { id } } }";
    expect((await ask(senderOf("a VIEWER"), own)).errors).toEqual([]);
    expectRefused(await ask(senderOf("a key for graph:write"), own), "a key", "proposals");
  });

  it("is refused one by one: what may be read beside it is answered", async () => {
    const { data, refusals, status } = await ask(
      senderOf("a key for graph:read"),
      "{ relations { nodes { key } } models { nodes { id } } }",
    );
    expect([data, refusals, status]).toEqual([null, ["FORBIDDEN"], 403]); // models may not be null
    const answer = await ask(
      senderOf("a key for graph:read"),
      `{ relation(key: "starring") { key } job(id: "x") { id } }`,
    );
    expect(answer).toMatchObject({
      data: { relation: { key: "starring" }, job: null },
      refusals: ["FORBIDDEN"],
    });
  });
});

/** Nested fields with a need of their own, each with a query that reaches it and what leads there. */
const NESTED: Readonly<
  Record<string, { readonly query: string; readonly leads: string; readonly needs: string }>
> = {
  "Entity.triples": {
    query: `{ similarItems(item: { key: "movie:alien" }, first: 1) { item { name triples { nodes { id } } } } }`,
    ...{ leads: "recommend:read", needs: "graph:read" },
  },
  "Entity.changes": {
    query: `{ popularItems(first: 1) { nodes { item { name changes { nodes { id } } } } } }`,
    ...{ leads: "recommend:read", needs: "graph:read" },
  },
  "Entity.similar": {
    query: `{ entity(by: { key: "movie:alien" }) { name similar { item { name } } } }`,
    ...{ leads: "graph:read", needs: "recommend:read" },
  },
  "Relation.changes": {
    query: `mutation { defineRelation(input: { key: "starring", dryRun: true }) { relation { key changes { nodes { id } } } } }`,
    ...{ leads: "graph:write", needs: "graph:read" },
  },
  "Triple.changes": {
    query: `{ recommendations(user: "ann", first: 1) { nodes { explanation { evidence { path { steps { triple { id changes { nodes { id } } } } } } } } } }`,
    ...{ leads: "recommend:read", needs: "graph:read" },
  },
};

describe("a nested field that needs more than what leads to it", () => {
  const nested = Object.values(schema.getTypeMap())
    .filter(
      (type): type is GraphQLObjectType =>
        isObjectType(type) && !/^(Query|Mutation|Subscription)$/.test(type.name),
    )
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const),
    )
    .filter(([, { description }]) => /Needs `[a-z]+:[a-z]+`/.test(description ?? ""));

  it("is tried here", () => {
    expect(nested.map(([name]) => name).sort()).toEqual(Object.keys(NESTED).sort());
  });

  it.each(Object.keys(NESTED))(
    "%s is refused to a key that only leads there, and given to an admin",
    async (name) => {
      const { query, leads } = NESTED[name];
      const { refusals, errors } = await ask(senderOf(`a key for ${leads}`), query);
      expect(refusals.length, JSON.stringify(errors)).toBeGreaterThan(0);
      expect(errors[0].message).toMatch(new RegExp(`^${name} needs the scope `));
      expect((await ask(senderOf("an ADMIN"), query)).refusals).toEqual([]);
    },
  );
});

describe("an object by its global id", () => {
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    const [job] = await db.query<{ id: string }>(
      `insert into job (kind, status, input, actor, finished_at) values ('VALIDATE', 'DONE', '{}', 'x', now()) returning id`,
    );
    const { key } = await createKey(db, "somebody else", "VIEWER");
    const proposed = await ask(
      { ...senderOf("a VIEWER"), authorization: `Bearer ${key}` },
      `mutation { proposeTriples(input: { triples: [{ head: "movie:gladiator", relation: "starring",
        tail: "person:harrison-ford" }] }) { proposals { id } problems { message } } }`,
    );
    const [model] = await db.query<{ id: string }>("select id from model limit 1");
    for (const type of NODE_TYPES) ids[type] = globalId(type, "1");
    ids.Job = globalId("Job", job.id);
    ids.Model = globalId("Model", model.id);
    ids.Proposal = proposed.data.proposeTriples.proposals[0].id;
  });

  it.each(Object.keys(VIEWERS))(
    "is given to %s where it may read its type, by node, nodes and _entities",
    async (who) => {
      for (const type of Object.keys(NODE_NEEDS) as NodeType[]) {
        const id = JSON.stringify(ids[type]);
        const federated = FEDERATED.includes(type);
        const represented = [`id: ${id}`, ...(type === "Entity" ? [`key: "movie:alien"`] : [])].map(
          (by, i) => `e${i}: _entities(representations: [{ __typename: "${type}", ${by} }]) { __typename }`,
        );
        const query = `{ node(id: ${id}) { id } other: node(id: ${id}) { ...N } nodes(ids: [${id}, ${id}]) { __typename } ${federated ? represented.join(" ") : ""} }
        fragment N on Node { __typename ... on ${type} { id } }`;
        const answer = await ask(senderOf(who), query);
        if (NODE_NEEDS[type].every((needs) => holds(who, needs))) {
          expect(answer.errors, type).toEqual([]);
          const mine = type !== "Job" || holds(who, ["models:write"]); // a curator sees his own jobs only
          expect(answer.data.node, type).toEqual(mine ? { id: ids[type] } : null);
          if (federated) expect(answer.data.e0, type).toEqual([mine ? { __typename: type } : null]);
        } else {
          const given = Object.values(answer.data ?? {}).flat();
          expect(
            given.filter((one) => one !== null),
            type,
          ).toEqual([]);
          expect(new Set(answer.refusals), type).toEqual(new Set([codeFor(who)]));
        }
      }
    },
  );
});

describe("a key that is kept to some users", () => {
  const fields = FIELDS.filter(([, type, field]) => type !== "Subscription" && speaksOfUsers(field));

  it("speaks of them and of nobody else, in every field that speaks of users", async () => {
    const { key } = await createKey(db, "kept", { role: "ADMIN", users: ["ann", "shop-a:*"] });
    const kept = { ...senderOf("an ADMIN"), authorization: `Bearer ${key}` };
    expect(fields.length).toBeGreaterThan(5);
    for (const [name, type, field] of fields) {
      const as = (user: string) => ask(kept, `${type.toLowerCase()} { ${call(field, user)} }`);
      for (const user of ["ann", "shop-a:1"])
        expect((await as(user)).refusals, `${name} ${user}`).toEqual([]);
      for (const user of ["ben", "shop-b:1", "ANN", "ann ", "", "*"]) {
        const { errors, status } = await as(user);
        expect([status, errors[0].message], `${name} ${user}`).toEqual([
          403,
          `${field.name} is not allowed for the user ${JSON.stringify(user)}: the key "kept" is for "ann", "shop-a:*"`,
        ]);
      }
    }
    const all = [
      `mutation { previewImpact(input: { change: { deleteEntity: { by: { key: "movie:alien" } } } }) { graphRevision } }`,
      `{ usersFor(item: { key: "movie:alien" }) { user } }`,
    ];
    for (const query of all) {
      expect((await ask(kept, query)).errors[0].message).toMatch(/is not allowed for all users/);
    }
  });

  it("is told of no others: what names users is led to by fields that are kept to some", () => {
    const naming = Object.values(schema.getTypeMap()).filter(
      (type) => isObjectType(type) && type.getFields().user !== undefined,
    );
    // of feedback(user), of previewImpact(users), of usersFor: a new one belongs here once its fields are kept too
    expect(naming.map(({ name }) => name).sort()).toEqual(["Feedback", "UserImpact", "UserMatch"]);
  });
});

describe("every subscription", () => {
  const subscriptions = FIELDS.filter(([, type]) => type === "Subscription");

  /** The first thing that a client is told: an event, or why there is none. */
  async function firstOf(by: string, { url, authorization }: Sender, query: string): Promise<string> {
    const headers: Record<string, string> = authorization ? { authorization } : {};
    const client =
      by === "graphql-sse"
        ? createEventClient({ url: `${url}/graphql/stream`, headers, retryAttempts: 0 })
        : createSocketClient({
            ...{ url: `${url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket },
            ...{ connectionParams: headers, retryAttempts: 0 },
          });
    try {
      return JSON.stringify((await client.iterate({ query }).next()).value);
    } catch (error) {
      const { response, reason } = error as Json;
      return response ? await response.text() : (reason ?? JSON.stringify(error));
    } finally {
      void client.dispose();
    }
  }

  it.each(["graphql-ws", "graphql-sse"])(
    "over %s lets each viewer follow what it may and no more",
    async (by) => {
      const job = globalId("Job", "1");
      const asked = Object.keys(VIEWERS).flatMap((who) =>
        subscriptions.map(async ([name, , field]) => {
          const query = `subscription S { alias: ${call(field, "ann").replaceAll(globalId("Triple", "1"), job)} }`;
          return { who, name, told: await firstOf(by, senderOf(who), query) };
        }),
      );
      const { key } = await createKey(db, `kept over ${by}`, { role: "VIEWER", users: ["ann"] });
      const kept = { ...senderOf("a VIEWER"), authorization: `Bearer ${key}` };
      const told = await firstOf(
        by,
        kept,
        `subscription { recommendationsChanged(user: "ben") { graphRevision } }`,
      );
      expect(told).toContain("is not allowed for the user");
      let edits = 0;
      const edit = setInterval(
        () => void db.query("select open_change('test', 'x', $1)", [`edit ${edits++}`]),
        200,
      );
      const answers = await Promise.all(asked);
      clearInterval(edit);
      for (const { who, name, told } of answers) {
        const refused = /UNAUTHENTICATED|FORBIDDEN|needs the scope|has no API key/.test(told);
        expect(refused, `${name} by ${who}: ${told}`).toBe(!holds(who, NEEDS[name]));
      }
    },
  );
});
