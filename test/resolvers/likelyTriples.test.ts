import { beforeAll, describe, expect, it } from "vitest";
import { loadSnapshot } from "../../src/kg/snapshot/loadSnapshot.ts";
import { fitLinks } from "../../src/links/fitLinks.ts";
import { defaultConfig } from "../../src/ranker/embed/defaultConfig.ts";
import { type Gateway, openGateway } from "./openGateway.ts";

const LIKELY = `query ($entity: String, $relation: String, $first: Int! = 10) {
  likelyTriples(entity: $entity, relation: $relation, first: $first) {
    head { key type } relation { key } tail { key type } score model } }`;

interface Likely {
  readonly head: { readonly key: string; readonly type: string };
  readonly relation: { readonly key: string };
  readonly tail: { readonly key: string; readonly type: string };
  readonly score: number;
  readonly model: string;
}

let gateway: Gateway;
beforeAll(async () => {
  gateway = await openGateway();
});
const ask = async (variables: object) => gateway.ask(LIKELY, { ...variables }, "CURATOR");
const train = async (seed: number) => {
  const config = { ...defaultConfig("complex"), dimension: 16, epochs: 60, batch: 4, seed };
  return fitLinks(gateway.db, await loadSnapshot(gateway.db), { config });
};
const nameOf = ({ head, relation, tail }: Likely) => `${head.key} ${relation.key} ${tail.key}`;

it("says which command trains an embedding where there is none", async () => {
  const { data, errors } = await ask({ entity: "movie:alien" });
  expect(data).toBeNull();
  expect(errors).toMatchObject([
    { code: "CONFIGURATION", message: 'no embedding is trained; expected one: run "whygraph embed"' },
  ]);
});

describe("likelyTriples", () => {
  beforeAll(async () => {
    await train(1);
  });

  it("is for curators", async () => {
    const { errors } = await gateway.ask(LIKELY, { entity: "movie:alien" }, "VIEWER");
    expect(errors).toMatchObject([{ code: "FORBIDDEN" }]);
  });

  it("gives triples of the relation's kind that the graph does not have, likeliest first", async () => {
    const { data, errors } = await ask({ entity: "movie:titanic", first: 100 });
    expect(errors).toEqual([]);
    const likely: Likely[] = data.likelyTriples;
    expect(likely.length).toBeGreaterThan(5);
    const scores = likely.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const rows = await gateway.db.query<{ name: string }>(
      `select h.key || ' ' || r.key || ' ' || t.key as name from triple
         join entity h on h.id = head_id join relation r on r.id = relation_id join entity t on t.id = tail_id`,
    );
    const stored = new Set(rows.map(({ name }) => name));
    // "titanic has_genre science-fiction" is stored as deprecated: somebody said that it is not so.
    expect(stored).toContain("movie:titanic has_genre genre:science-fiction");
    expect(likely.map(nameOf).filter((name) => stored.has(name))).toEqual([]);
    for (const { head, relation, tail, score, model } of likely) {
      expect([head.key, tail.key]).toContain("movie:titanic");
      if (relation.key === "starring") expect([head.type, tail.type]).toEqual(["movie", "person"]);
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThan(1);
      expect(model).toBe("complex");
    }
    expect(likely.map(nameOf)).toContain("movie:titanic starring person:sigourney-weaver");
  });

  it("keeps to the relation, and to how many are asked for", async () => {
    const { data } = await ask({ relation: "starring", first: 3 });
    const likely: Likely[] = data.likelyTriples;
    expect(likely.map(({ relation }) => relation.key)).toEqual(["starring", "starring", "starring"]);
    expect((await ask({ relation: "starring", first: 0 })).data.likelyTriples).toEqual([]);
  });

  it("gives no triple that was added since, and all of it in few statements", async () => {
    const question = { entity: "movie:titanic", relation: "starring", first: 100 };
    const [best] = (await ask(question)).data.likelyTriples as Likely[];
    const add = `mutation ($input: AddTripleInput!) { addTriple(input: $input) { problems { code } } }`;
    const input = { head: best.head.key, relation: best.relation.key, tail: best.tail.key };
    expect((await gateway.ask(add, { input }, "CURATOR")).data.addTriple.problems).toEqual([]);
    const { answer, statements } = await gateway.count(LIKELY, question, "CURATOR");
    const after: Likely[] = answer.data.likelyTriples;
    expect(after.map(nameOf)).not.toContain(nameOf(best));
    // The newest embedding, the entity's key, which are stored, names of entities, names of relations.
    expect(statements).toBeLessThanOrEqual(5);
  });

  it("predicts with a newer embedding as soon as there is one", async () => {
    const question = { relation: "starring", first: 5 };
    const before: Likely[] = (await ask(question)).data.likelyTriples;
    const record = await train(2);
    expect(record).toMatchObject({ model: "complex", config: { seed: 2 } });
    const after: Likely[] = (await ask(question)).data.likelyTriples;
    expect(after.map(({ score }) => score)).not.toEqual(before.map(({ score }) => score));
  });

  it.each([
    [{}, "BAD_USER_INPUT", "entity and relation are null; expected one of them or both"],
    [{ entity: "x" }, "NOT_FOUND", 'no entity "x"; expected the key of an entity in the graph'],
    [{ relation: "x" }, "NOT_FOUND", 'no relation "x"; expected the key of a relation in the graph'],
    [{ relation: "starring", first: 101 }, "BAD_USER_INPUT", "first is 101; expected 0 to 100"],
  ])("answers %j with %s", async (variables, code, message) => {
    expect((await ask(variables)).errors).toMatchObject([{ code, message }]);
  });

  it("says that an entity is newer than the embedding", async () => {
    const create = `mutation ($input: CreateEntityInput!) { createEntity(input: $input) { graphRevision problems { code } } }`;
    const input = { key: "movie:new", type: "movie", name: "New" };
    const { data } = await gateway.ask(create, { input }, "CURATOR");
    await gateway.waitFor(data.createEntity.graphRevision);
    const { errors } = await ask({ entity: "movie:new" });
    expect(errors[0].message).toBe(
      'the entity "movie:new" had no triple when the embedding was trained; expected a newer embedding: run "whygraph embed"',
    );
  });

  it("refuses an embedding whose bytes were altered, with the reason", async () => {
    await gateway.db.query(
      `update embedding set artifact = set_byte(artifact, 1000, get_byte(artifact, 1000) # 1)
        where id = (select max(id) from embedding)`,
    );
    await gateway.db.query(`insert into embedding (model, config, config_digest, data_revision, artifact, digest)
      select model, config, config_digest, data_revision, artifact, digest from embedding order by id desc limit 1`);
    const { errors } = await ask({ relation: "starring" });
    expect(errors).toMatchObject([
      { code: "CONFIGURATION", message: /not a usable embedding: its \d+ bytes/ },
    ]);
  });
});
