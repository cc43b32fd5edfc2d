import { beforeAll, describe, expect, it } from "vitest";
import { globalId } from "../../src/schema/globalId.ts";
import { type Gateway, openGateway } from "./openGateway.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the JSON that it is
type Json = any;

let gateway: Gateway;
beforeAll(async () => {
  gateway = await openGateway();
});

const USERS = ["ann", "ben", "cid", "dot"];
const FIRST = 4;
const ITEM = `item { key } before { rank score } after { rank score } sentence
  because { before after evidence { component sentence contribution path { steps { from { key name } to { key } relation { key } triple { id } } } } }`;
const PREVIEW = `mutation ($input: PreviewImpactInput!) { previewImpact(input: $input) {
  problems { code message } graphRevision totals { users usersChanged entering leaving moved largestScoreChange }
  users { user entering { ${ITEM} } leaving { ${ITEM} } moved { ${ITEM} } } } }`;
const RECOMMEND = `query ($user: String!) { recommendations(user: $user, first: 100) {
  nodes { item { key } rank score } graphRevision } }`;

async function preview(change: object, more: object = { users: USERS, first: FIRST }): Promise<Json> {
  const { data, errors } = await gateway.ask(PREVIEW, { input: { change, ...more } }, "CURATOR");
  expect(errors).toEqual([]);
  return data.previewImpact;
}

type Ranking = ReadonlyMap<string, { readonly rank: number; readonly score: number }>;

async function rankings(): Promise<Ranking[]> {
  return Promise.all(
    USERS.map(async (user) => {
      const { data, errors } = await gateway.ask(RECOMMEND, { user });
      expect(errors).toEqual([]);
      return new Map(
        data.recommendations.nodes.map(({ item, rank, score }: Json) => [item.key, { rank, score }]),
      );
    }),
  );
}

/** What really became of the first recommendations, in the words of a preview. */
function differenceOf(before: Ranking, after: Ranking) {
  const first = (ranking: Ranking) =>
    [...ranking].filter(([, { rank }]) => rank <= FIRST).map(([key]) => key);
  const [old, next] = [first(before), first(after)];
  const tell = (key: string) => ({ key, before: before.get(key) ?? null, after: after.get(key) ?? null });
  return {
    entering: next.filter((key) => !old.includes(key)).map(tell),
    leaving: old.filter((key) => !next.includes(key)).map(tell),
    moved: next
      .filter((key) => old.includes(key))
      .map(tell)
      .filter(({ before, after }) => before!.rank !== after!.rank || before!.score !== after!.score),
  };
}

/** Asserts that the preview of a change says exactly what the change then does; gives the preview. */
async function proves(change: object, edit: () => Promise<string>): Promise<Json> {
  const before = await rankings();
  const foretold = await preview(change);
  expect(foretold.problems).toEqual([]);
  expect(await rankings()).toEqual(before); // nothing of it remains
  await gateway.waitFor(await edit());
  const after = await rankings();
  const told = (items: Json[]) =>
    items.map(({ item, before, after }) => ({
      key: item.key,
      before: standing(before),
      after: standing(after),
    }));
  // Of an item that is no candidate a ranking says nothing.
  const standing = (one: Json) =>
    one?.rank == null ? null : { rank: one.rank, score: expect.closeTo(one.score, 9) };
  foretold.users.forEach(({ user, ...impact }: Json, i: number) => {
    expect(user).toBe(USERS[i]);
    const really = differenceOf(before[i], after[i]);
    for (const part of ["entering", "leaving", "moved"] as const)
      expect(really[part]).toEqual(told(impact[part]));
  });
  return foretold;
}

async function mutate(
  name: string,
  type: string,
  input: object,
  role: "CURATOR" | "ADMIN" = "CURATOR",
): Promise<Json> {
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { change { id } graphRevision problems { code message } } }`;
  const { data, errors } = await gateway.ask(query, { input }, role);
  expect(errors).toEqual([]);
  expect(data[name].problems).toEqual([]);
  return data[name];
}
const edit = async (name: string, type: string, input: object): Promise<string> =>
  (await mutate(name, type, input)).graphRevision;
const changed = ({ totals }: Json) => totals.usersChanged;
const tripleId = (name: string) => globalId("Triple", gateway.films.triples[name]);

describe("previewImpact says exactly what comes of", () => {
  it("addTriple, and cites the new triple", async () => {
    const input = { head: "movie:titanic", relation: "directed_by", tail: "person:ridley-scott" };
    const foretold = await proves({ addTriple: input }, () => edit("addTriple", "AddTripleInput", input));
    const [ann] = foretold.users; // ann rated Alien and Blade Runner, both directed by Ridley Scott
    const titanic = [...ann.entering, ...ann.moved].find(({ item }: Json) => item.key === "movie:titanic");
    expect(titanic.after.score).toBeGreaterThan(titanic.before.score);
    expect(titanic.because[0]).toMatchObject({
      before: 0,
      evidence: {
        component: "KNOWLEDGE",
        path: { steps: [{ to: { key: "person:ridley-scott" } }, { to: { key: "movie:titanic" } }] },
      },
    });
    expect(titanic.because[0].evidence.path.steps[1].triple).not.toBeNull();
    expect(titanic.sentence).toMatch(
      /^Titanic .*: new is “because you rated .*, also directed by Ridley Scott”$/,
    );
  });

  it("updateTriple", async () => {
    const input = { id: tripleId("movie:aliens has_genre genre:science-fiction"), confidence: 0.25 };
    const foretold = await proves({ updateTriple: input }, () =>
      edit("updateTriple", "UpdateTripleInput", input),
    );
    expect(changed(foretold)).toBeGreaterThan(0);
  });

  it("retractTriple, and its revert", async () => {
    const input = { id: tripleId("movie:gladiator directed_by person:ridley-scott") };
    let change = "";
    const foretold = await proves({ retractTriple: input }, async () => {
      const answer = await mutate("retractTriple", "RetractTripleInput", input);
      change = answer.change.id;
      return answer.graphRevision;
    });
    expect(changed(foretold)).toBeGreaterThan(0);
    const sentences = foretold.users
      .flatMap(({ leaving, moved }: Json) => [...leaving, ...moved])
      .map(({ sentence }: Json) => sentence);
    expect(sentences.join("\n")).toMatch(/Gladiator .*: gone is “/);
    const back = await proves({ revertChange: change }, () =>
      edit("revertChange", "RevertChangeInput", { id: change }),
    );
    expect(changed(back)).toBe(changed(foretold));
  });

  it("updateEntity: what is no item any more is not recommended", async () => {
    const input = { by: { key: "movie:terminator" }, isItem: false };
    const foretold = await proves({ updateEntity: input }, () =>
      edit("updateEntity", "UpdateEntityInput", input),
    );
    expect(foretold.totals.leaving).toBeGreaterThan(0);
    await edit("updateEntity", "UpdateEntityInput", { by: { key: "movie:terminator" }, isItem: true });
  });

  it("acceptProposals, with an entity that does not exist yet", async () => {
    const propose = `mutation ($input: ProposeTriplesInput!) { proposeTriples(input: $input) { proposals { id } problems { message } } }`;
    const { data } = await gateway.ask(
      propose,
      {
        input: {
          entities: [{ key: "movie:prometheus", type: "movie", name: "Prometheus", isItem: true }],
          triples: [
            { head: "movie:prometheus", relation: "directed_by", tail: "person:ridley-scott" },
            { head: "movie:prometheus", relation: "has_genre", tail: "genre:science-fiction" },
          ],
        },
      },
      "VIEWER",
    );
    const ids = data.proposeTriples.proposals.map(({ id }: Json) => id);
    const decisions = ids.map((id: string) => ({ id, decision: "ACCEPT" }));
    const foretold = await proves({ acceptProposals: ids }, () =>
      edit("reviewProposals", "ReviewProposalsInput", { decisions }),
    );
    const entering = foretold.users.flatMap(({ entering }: Json) => entering);
    const prometheus = entering.find(({ item }: Json) => item.key === "movie:prometheus");
    expect(prometheus).toMatchObject({ before: null, after: { rank: expect.any(Number) } });
    expect(prometheus.sentence).toMatch(/^Prometheus comes in at rank \d: new is “/);
  });

  it("deleteEntity with its triples, and the revert of it", async () => {
    const input = { by: { key: "person:ridley-scott" }, cascade: true };
    let change = "";
    const foretold = await proves({ deleteEntity: input }, async () => {
      const answer = await mutate("deleteEntity", "DeleteEntityInput", input);
      change = answer.change.id;
      return answer.graphRevision;
    });
    expect(changed(foretold)).toBeGreaterThan(0);
    const back = await proves({ revertChange: change }, () =>
      edit("revertChange", "RevertChangeInput", { id: change }),
    );
    expect(changed(back)).toBe(changed(foretold));
  });

  it("mergeEntities, whose interactions lead to the survivor, and its revert", async () => {
    const input = { into: { key: "movie:alien" }, from: [{ key: "movie:aliens" }] };
    // Aliens follows Alien: of the merged film it would follow itself.
    let change = "";
    const foretold = await proves({ mergeEntities: input }, async () => {
      const answer = await mutate("mergeEntities", "MergeEntitiesInput", input);
      change = answer.change.id;
      return answer.graphRevision;
    });
    expect(changed(foretold)).toBeGreaterThan(0);
    const back = await proves({ revertChange: change }, () =>
      edit("revertChange", "RevertChangeInput", { id: change }),
    );
    expect(changed(back)).toBe(changed(foretold));
  });
});

describe("previewImpact", () => {
  const retract = () => ({
    retractTriple: { id: tripleId("movie:aliens directed_by person:james-cameron") },
  });

  it("samples those who did something near to the edit first, the same ones by the same seed", async () => {
    const { users } = await preview(retract(), { sample: 2, seed: 7 });
    expect(users).toHaveLength(2);
    // Near are James Cameron's films and what is one triple from them; dot rated Gladiator alone, which is not.
    expect(users.map(({ user }: Json) => user)).not.toContain("dot");
    expect((await preview(retract(), { sample: 2, seed: 7 })).users).toEqual(users);
    const all = await preview(retract(), { sample: 50 });
    expect(all.users.map(({ user }: Json) => user).sort()).toEqual(USERS);
    expect(all.users.at(-1).user).toBe("dot");
    expect(all.totals.users).toBe(4);
  });

  it("gives the problems of an edit that would be refused, and measures nothing", async () => {
    const known = { head: "movie:alien", relation: "directed_by", tail: "person:ridley-scott" };
    expect(await preview({ addTriple: known })).toMatchObject({
      problems: [{ code: "TRIPLE_EXISTS" }],
      ...{ users: [], totals: { users: 0, usersChanged: 0, largestScoreChange: 0 } },
    });
  });

  it("leaves no trace: no change, no revision, no answer under an idempotency key", async () => {
    const traces = () =>
      gateway.db.query(`select (select revision from graph) as revision, (select count(*) from change) as changes,
        (select count(*) from change_row) as rows, (select count(*) from triple) as triples,
        (select count(*) from idempotency) as answers`);
    const before = await traces();
    const input = {
      head: "movie:alien",
      relation: "starring",
      tail: "person:harrison-ford",
      idempotencyKey: "k",
    };
    await preview({ addTriple: input });
    await preview({ addTriple: { ...input, dryRun: true } });
    expect(await traces()).toEqual(before);
  });

  it("is for curators, one edit at a time, and at most 100 users", async () => {
    const ask = (input: object, role?: "VIEWER" | "CURATOR") => gateway.ask(PREVIEW, { input }, role);
    expect((await ask({ change: retract() })).errors).toMatchObject([{ code: "UNAUTHENTICATED" }]);
    expect((await ask({ change: retract() }, "VIEWER")).errors).toMatchObject([{ code: "FORBIDDEN" }]);
    const two = { ...retract(), acceptProposals: [] };
    expect((await ask({ change: two }, "CURATOR")).errors[0].message).toMatch(/exactly one|Exactly one/);
    const many = Array.from({ length: 101 }, (_, i) => `user ${i}`);
    expect((await ask({ change: retract(), users: many }, "CURATOR")).errors).toMatchObject([
      { code: "BAD_USER_INPUT", message: "users has 101 keys; expected at most 100" },
    ]);
  });

  it("measures against the graph that the edit would follow, also while others edit", async () => {
    const others = Array.from({ length: 10 }, (_, i) =>
      edit("createEntity", "CreateEntityInput", {
        key: `movie:other-${i}`,
        type: "movie",
        name: `Other ${i}`,
        isItem: true,
      }),
    );
    const previews = await Promise.all(Array.from({ length: 4 }, () => preview(retract())));
    await Promise.all(others);
    for (const { problems, graphRevision } of previews) {
      expect(problems).toEqual([]);
      expect(Number(graphRevision)).toBeGreaterThan(0);
    }
  });
});
