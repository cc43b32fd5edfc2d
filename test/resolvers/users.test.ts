import { beforeAll, describe, expect, it } from "vitest";
import { packRecommendationId, readRecommendationId } from "../../src/kg/interactions/recommendationId.ts";
import { type Gateway, openGateway } from "./openGateway.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = await openGateway();
});
const ask: Gateway["ask"] = (...question) => gateway.ask(...question);

describe("users for an item", () => {
  const USERS = `query ($key: String!, $first: Int) { usersFor(item: { key: $key }, first: $first) {
    user score explanation { score bias components { value } evidence { path { steps { from { key } to { key } } } } } } }`;

  it("are those whose own lists would score it, with the same evidence, but for who knows or refused it", async () => {
    await ask(
      `mutation { addFeedback(input: { user: "cid", kind: EXCLUDE, entity: "movie:blade-runner" }) { problems { code } } }`,
      {},
      "VIEWER",
    );
    const { data, errors } = await ask(USERS, { key: "movie:blade-runner" }, "CURATOR");
    expect(errors).toEqual([]);
    const users: string[] = data.usersFor.map(({ user }: { user: string }) => user);
    // Ann has rated Blade Runner, cid refused it; ben shares its genre by Aliens, dot its director by Gladiator.
    expect(users.sort()).toEqual(["ben", "dot"]);
    for (const { user, score, explanation } of data.usersFor) {
      const own = await ask(
        `query ($user: String!) { explanation(user: $user, item: { key: "movie:blade-runner" }) { score } }`,
        { user },
      );
      expect(score).toBeCloseTo(own.data.explanation.score, 9);
      const parts = explanation.components.reduce(
        (sum: number, { value }: { value: number }) => sum + value,
        0,
      );
      expect(explanation.bias + parts).toBeCloseTo(score, 9);
      for (const { path } of explanation.evidence)
        expect(path.steps.at(-1).to.key).toBe("movie:blade-runner");
    }
  });

  it("cost the same statements however many they are, and are not for everybody", async () => {
    const counts = [];
    for (const first of [1, 50]) {
      const { statements } = await gateway.count(USERS, { key: "movie:titanic", first }, "CURATOR");
      counts.push(statements);
    }
    expect(counts[1]).toBe(counts[0]);
    expect((await ask(USERS, { key: "movie:titanic" }, "VIEWER")).errors).toMatchObject([
      { code: "FORBIDDEN" },
    ]);
    expect((await ask(USERS, { key: "genre:drama" }, "CURATOR")).errors).toMatchObject([
      { code: "BAD_USER_INPUT" },
    ]);
  });
});

describe("what came of an answer", () => {
  const RECORD = `mutation ($interactions: [InteractionInput!]!, $key: String) {
    recordInteractions(input: { interactions: $interactions, idempotencyKey: $key }) { recorded known problems { code path message } } }`;
  const record = async (interactions: readonly object[], key?: string) =>
    (await ask(RECORD, { interactions, key }, "VIEWER")).data.recordInteractions;
  const ATTRIBUTIONS = `{ attributions { model { id } scenario scenarioVersion kind interactions answers users } }`;
  const attributions = async () => (await ask(ATTRIBUTIONS, {}, "CURATOR")).data.attributions;

  it("is recorded with the answer's id, in bulk, and once however often it is told", async () => {
    const ID = `{ recommendations(user: "ann", scenario: "home", first: 2) { recommendationId model { id } nodes { item { key } } } }`;
    const { recommendationId, model, nodes } = (await ask(ID)).data.recommendations;
    const popular = (await ask("{ popularItems(first: 1) { recommendationId } }")).data.popularItems
      .recommendationId;
    expect(popular).not.toBe(recommendationId);
    const at = "2026-01-02T03:04:05Z";
    const clicks = nodes.map(({ item }: { item: { key: string } }) => ({
      ...{ user: "ann", item: item.key, kind: "click", at, recommendationId },
    }));
    const more = [
      { user: "ben", item: "movie:alien", kind: "click", at, recommendationId: popular },
      { user: "ben", item: "movie:gladiator", kind: "click", at },
      { user: "ben", item: "movie:gladiator", kind: "click", at, recommendationId: "nonsense" },
    ];
    const first = await record([...clicks, ...more], "once");
    expect(first).toMatchObject({ recorded: 4, known: 0, problems: [{ code: "INVALID_VALUE" }] });
    expect(first.problems[0].path).toEqual(["interactions", "4", "recommendationId"]);
    expect(await record([...clicks, ...more], "once")).toEqual(first); // the same answer again
    expect(await record(clicks)).toMatchObject({ recorded: 0, known: 2, problems: [] });
    expect(await attributions()).toEqual([
      {
        ...{ model: { id: model.id }, scenario: "home", scenarioVersion: 1 },
        ...{ kind: "click", interactions: 2, answers: 1, users: 1 },
      },
      {
        ...{ model: { id: model.id }, scenario: null, scenarioVersion: null },
        ...{ kind: "click", interactions: 1, answers: 1, users: 1 },
      },
    ]);
    // What is known already is attributed when that is told later.
    await record([{ ...more[1], recommendationId: popular }]);
    expect((await attributions())[1]).toMatchObject({ interactions: 2, users: 1 });
    await ask(`mutation { forgetUser(user: "ann") { forgotten } }`, {}, "ADMIN");
    expect(await attributions()).toHaveLength(1);
    expect(await gateway.db.query("select 1 from attribution where user_key = 'ann'")).toEqual([]);
  });

  it("tells by its id what it was made with, and nothing else passes for one", () => {
    const origin = { model: "7", revision: "12", scenario: { key: "home", version: 3 } };
    const id = packRecommendationId(origin);
    expect(readRecommendationId(id)).toMatchObject(origin);
    expect(packRecommendationId(origin)).not.toBe(id);
    expect(readRecommendationId(packRecommendationId({ ...origin, scenario: null }))?.scenario).toBeNull();
    for (const other of ["", "r1.", "r1.bm8", id.slice(3), `${id}x`.slice(0, 20), "r1.WzEsMl0"]) {
      expect(readRecommendationId(other)).toBeNull();
    }
  });
});
