import { beforeAll, describe, expect, it } from "vitest";
import type { App } from "../../src/app.ts";
import type { Context } from "../../src/context.ts";
import type { Database } from "../../src/kg/database.ts";
import type { Models } from "../../src/models/openModels.ts";
import type { RecommendationPage, RecommendRequest } from "../../src/recommend/types.ts";
import { adminOf, fitHere, openApp } from "../jobs/support.ts";
import { createTestDatabase } from "../support/database.ts";
import { type Films, insertFilms } from "../support/films.ts";
import { writeEvidence } from "../support/writeEvidence.ts";

const USERS = ["ann", "ben", "cid", "dot"];
const AS = { actor: "cura" };

let db: Database;
let films: Films;
let app: App;
beforeAll(async () => {
  db = await createTestDatabase();
  films = await insertFilms(db);
  await activate(await fitHere(db));
  app = await openApp(db);
});

async function activate(id: string): Promise<void> {
  await db.query(
    `insert into active_model (model_id) values ($1)
     on conflict (singleton) do update set model_id = excluded.model_id, activated_at = now()`,
    [id],
  );
}

/** All that an answer says, to the last bit. */
const told = ({ edges, model, graphRevision, hasNextPage }: RecommendationPage) => ({
  ...{ model: model.digest, graphRevision, hasNextPage },
  edges: edges.map(({ cursor, node: { item, rank, score, source, explanation } }) => ({
    ...{ cursor, item, rank, score, source },
    ...{ bias: explanation.bias, components: explanation.components },
    evidence: explanation.evidence.map(writeEvidence),
    ...{ ownTriples: explanation.ownTriples, history: [...explanation.history] },
  })),
});

interface Kept {
  readonly request: RecommendRequest;
  readonly page: RecommendationPage;
}

async function keep(context: Context, more: Partial<RecommendRequest> = {}): Promise<Kept[]> {
  const requests: RecommendRequest[] = USERS.map((user) => ({ user, first: 10, ...more }));
  return Promise.all(
    requests.map(async (request) => ({ request, page: await context.recommender.recommend(request) })),
  );
}

async function expectReplayed(kept: readonly Kept[], process: App = app): Promise<void> {
  for (const { request, page } of kept) {
    expect(page.moment).toEqual(expect.any(String));
    const replayed = await adminOf(process).replay(page.moment!, request);
    expect(told(replayed.page)).toEqual(told(page));
  }
}

const edit = async (
  work: (
    context: Context,
  ) => Promise<{ readonly problems: readonly unknown[]; readonly graphRevision: string }>,
) => {
  const { problems, graphRevision } = await work(adminOf(app));
  expect(problems).toEqual([]);
  await app.snapshot.waitFor(graphRevision, 5_000);
};

describe("a moment replays its answer to the last bit", () => {
  const all: Kept[] = [];
  const record = (user: string, item: string, at?: Date) =>
    edit(({ curation }) => curation.recordInteractions([{ user, item, at }], AS));

  it("after edits of its evidence, merges, deletions, and what came back", async () => {
    // Something that the model has not seen, so that live counts speak.
    await record("dot", "movie:alien");
    await record("dot", "movie:titanic");
    await adminOf(app).curation.forgetUser("nobody");
    await settled();
    all.push(...(await keep(adminOf(app))));
    const before = told(all[0].page);
    await edit(({ curation }) =>
      curation.addTriple({ head: "movie:titanic", relation: "directed_by", tail: "person:ridley-scott" }, AS),
    );
    expect(told((await keep(adminOf(app)))[0].page).edges).not.toEqual(before.edges);
    all.push(
      ...(await keep(adminOf(app), { filter: { has: [{ relation: "has_genre", entity: "genre:drama" }] } })),
    );
    await edit(({ curation }) =>
      curation.updateTriple(
        films.triples["movie:aliens has_genre genre:science-fiction"],
        { confidence: 0.3 },
        AS,
      ),
    );
    await edit(({ curation }) =>
      curation.mergeEntities({ into: { key: "movie:alien" }, from: [{ key: "movie:aliens" }] }, AS),
    );
    await settled();
    all.push(...(await keep(adminOf(app))));
    await edit(({ curation }) => curation.deleteEntity({ key: "genre:drama" }, { ...AS, cascade: true }));
    await edit(({ curation }) =>
      curation.createEntity({ key: "movie:prometheus", type: "movie", name: "Prometheus", isItem: true }, AS),
    );
    await expectReplayed(all);
  });

  it("after interactions, also such as happened before it and were told of after it", async () => {
    all.push(...(await keep(adminOf(app))));
    for (const user of USERS) await record(user, "movie:prometheus");
    await record("ann", "movie:gladiator", new Date("2023-01-01T00:00:00Z"));
    await record("eve", "movie:alien");
    await record("eve", "movie:gladiator");
    await settled();
    const changed = await keep(adminOf(app));
    expect(told(changed[0].page).edges).not.toEqual(told(all.at(-4)!.page).edges);
    await expectReplayed(all);
  });

  it("after another model took over, and by the one that took over", async () => {
    const [old] = all;
    await activate(await fitHere(db));
    await expect.poll(() => adminOf(app).models.active().id, { timeout: 10_000 }).not.toBe(old.page.model.id);
    await settled();
    const fresh = await keep(adminOf(app));
    expect(fresh[0].page.model.id).not.toBe(old.page.model.id);
    all.push(...fresh);
    await record("ben", "movie:gladiator");
    await expectReplayed(all);
  });

  it("after the validity of a triple has begun or ended", async () => {
    await edit(({ curation }) =>
      curation.addTriple(
        {
          ...{ head: "movie:titanic", relation: "starring", tail: "person:sigourney-weaver" },
          validTo: new Date(Date.now() + 700),
        },
        AS,
      ),
    );
    const within = await keep(adminOf(app));
    await new Promise((resolve) => setTimeout(resolve, 800));
    const beyond = await keep(adminOf(app));
    expect(told(beyond[0].page).graphRevision).toBe(told(within[0].page).graphRevision);
    expect(told(beyond[0].page).edges).not.toEqual(told(within[0].page).edges);
    all.push(...within, ...beyond);
    await expectReplayed(all);
  });

  it("in a process that was started later, which never saw what is deleted", async () => {
    const later = await openApp(db);
    await expectReplayed(all, later);
    const [{ request, page }] = all;
    const { entities, relations } = await adminOf(later).replay(page.moment!, request);
    // What it names is told as it was.
    expect([...entities.values()].map(({ name }) => name)).toContain("Aliens");
    expect(relations.size).toBeGreaterThan(0);
  });

  it("page after page", async () => {
    const [{ request, page }] = all;
    const paged: RecommendationPage["edges"][number][] = [];
    let after: string | null = null;
    for (let more = true; more; ) {
      const { page: next }: { page: RecommendationPage } = await adminOf(app).replay(page.moment!, {
        ...request,
        first: 2,
        after,
      });
      paged.push(...next.edges);
      after = next.edges.at(-1)?.cursor ?? null;
      more = next.hasNextPage;
    }
    expect(paged.map(({ node }) => [node.item, node.score])).toEqual(
      page.edges.map(({ node }) => [node.item, node.score]),
    );
  });

  it("or says that it cannot: no moment, interactions erased", async () => {
    const { request, page } = all[0];
    await expect(adminOf(app).replay("bm8", request)).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
    await adminOf(app).curation.forgetUser("ann");
    await expect(adminOf(app).replay(page.moment!, request)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("erased"),
    });
    const ben = all.find((kept) => kept.request.user === "ben")!;
    await adminOf(app).replay(ben.page.moment!, ben.request);
  });

  async function settled(): Promise<void> {
    await (adminOf(app).models as Models).settle();
  }
});
