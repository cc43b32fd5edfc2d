import { beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { type Database, openDatabase } from "../../src/kg/database.ts";
import type { Evidence } from "../../src/ranker/types.ts";
import type { Recommendation, Recommender } from "../../src/recommend/types.ts";
import { evidenceSentence } from "../../src/sentence/evidenceSentence.ts";
import { speak } from "../../src/sentence/language.ts";
import { Told } from "../../src/sentence/Told.ts";
import type { Names } from "../../src/sentence/types.ts";
import { groupRows, type Row, readTable, TRUTH } from "../support/demoFilms.ts";
import { openDemo } from "../support/openDemo.ts";
import { undoAfterFile } from "../support/undo.ts";

let db: Database;
let recommender: Recommender;
let tastes: Row[];
let keyOf: ReadonlyMap<string, string>;
/** Keys of what a film is connected to, by the film's key. */
let tailsOf: ReadonlyMap<string, readonly string[]>;
const tops = new Map<string, readonly Recommendation[]>();

beforeAll(async () => {
  db = await openDatabase(await openDemo(), { migrate: false });
  undoAfterFile(() => db.close());
  const app = await createApp(db);
  undoAfterFile(() => app.close());
  recommender = app.recommender;
  tastes = await readTable("tastes", TRUTH);
  const entities = await db.query<{ id: string; key: string }>("select id, key from entity");
  keyOf = new Map(entities.map(({ id, key }) => [id, key]));
  const triples = groupRows(await readTable("triples"), "head");
  tailsOf = new Map([...triples].map(([head, rows]) => [head, rows.map(({ tail }) => tail!)]));
  for (const { user } of tastes) {
    if (tops.has(user!)) continue;
    const page = await recommender.recommend({ user: user!, first: 10 });
    tops.set(
      user!,
      page.edges.map(({ node }) => node),
    );
  }
}, 180_000);

function tailsOfItem({ item }: Recommendation): readonly string[] {
  return tailsOf.get(keyOf.get(item)!)!;
}

describe("a model fitted on the demo", () => {
  it("weighs behaviour, popularity and knowledge, each above 0", async () => {
    const [{ node }] = [...tops.values()].map(([first]) => ({ node: first! }));
    const weights = node.explanation.components.map(({ kind, weight }) => [kind, weight > 0]);
    expect(weights).toEqual([
      ["BEHAVIOUR", true],
      ["ITEM", true],
      ["KNOWLEDGE", true],
    ]);
    const [{ interactions }] = await db.query<{ interactions: string }>("select interactions from model");
    expect(Number(interactions)).toBeGreaterThan(9000);
  });

  it("explains most of a score by paths, and some of it by each component", () => {
    const all = [...tops.values()].flat().map(({ explanation }) => explanation);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(all.map(({ explainedFraction }) => explainedFraction))).toBeGreaterThan(0.6);
    const share = (kind: string) =>
      mean(all.map(({ components, score }) => components.find((one) => one.kind === kind)!.value / score));
    expect(share("BEHAVIOUR")).toBeGreaterThan(0.05);
    expect(share("ITEM")).toBeLessThan(0.4);
    expect(share("KNOWLEDGE")).toBeGreaterThan(0.2);
  });

  it("finds, for four of five users with a favourite director or genre, a film that fits it", () => {
    const named = tastes.filter(({ relation }) => relation === "directed_by" || relation === "has_genre");
    const users = [...groupRows(named, "user")];
    const met = users.filter(([user, own]) =>
      tops.get(user)!.some((one) => own.some(({ entity }) => tailsOfItem(one).includes(entity!))),
    );
    expect(users.length).toBeGreaterThan(100);
    expect(met.length / users.length).toBeGreaterThanOrEqual(0.8);
  });
});

describe("ada's recommendations", () => {
  /** The entity in the middle of a path of two triples. */
  const middleOf = ({ steps }: Evidence) => (steps.length === 2 ? keyOf.get(steps[0]!.to) : undefined);

  it("have an unseen film by Ridley Scott among the best five, told by a path through him", async () => {
    const best = tops.get("ada")!.slice(0, 5);
    const found = best.find(({ explanation }) =>
      explanation.evidence.slice(0, 2).some((one) => middleOf(one) === "person:ridley-scott"),
    )!;
    expect(tailsOfItem(found)).toContain("person:ridley-scott");
    expect(found.explanation.history.has(found.item)).toBe(false);
    const path = found.explanation.evidence.find((one) => middleOf(one) === "person:ridley-scott")!;
    const names = await readNames();
    expect(evidenceSentence(new Told(path, found.explanation.history), names)).toMatch(
      /^because you rated .+, also directed by Ridley Scott$/,
    );
  });

  it("rest, most of them, on what other users did as well", () => {
    const best = tops.get("ada")!.slice(0, 5);
    const shared = best.filter(({ explanation }) =>
      explanation.evidence.some(({ steps }) => steps.some(({ kind }) => kind === "CO_INTERACTION")),
    );
    expect(shared.length).toBeGreaterThanOrEqual(3); // one nobody else rated beside hers is fine
  });
});

async function readNames(): Promise<Names> {
  const entities = await db.query<{ id: string; name: string }>("select id, name from entity");
  const names = new Map(entities.map(({ id, name }) => [id, name]));
  const relations = await db.query<{ id: number; label: string; inverse: string | null }>(
    "select id, label, inverse_label as inverse from relation",
  );
  const words = new Map(
    relations.map(({ id, label, inverse }) => [id, { label, inverseLabel: inverse, symmetric: false }]),
  );
  return { say: speak("en"), entity: (id) => names.get(id)!, relation: (id) => words.get(id)! };
}
