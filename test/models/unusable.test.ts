import { beforeAll, describe, expect, it } from "vitest";
import type { App } from "../../src/app.ts";
import type { Database } from "../../src/kg/database.ts";
import { loadModel } from "../../src/kg/models/loadModel.ts";
import { importModel } from "../../src/models/importModel.ts";
import { packModelFile, readModelFile } from "../../src/models/modelFile.ts";
import { digestOf } from "../../src/ranker/weights.ts";
import { adminOf, fitHere, openApp } from "../jobs/support.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { storeBytes, storeChanged, storeCopy } from "./support.ts";

let db: Database;
let app: App;
let good: string;

beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  good = await fitHere(db);
  app = await openApp(db);
});

/** Tries to make a model serve; gives the reason of the refusal. */
async function refusalOf(id: string): Promise<string> {
  const { value, problems } = await adminOf(app).models.activate({ id }, { actor: "adam" });
  expect(value).toBeNull();
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ code: "UNUSABLE_MODEL", path: ["id"] });
  expect(adminOf(app).models.active().id).toBe(good);
  expect((await app.recommender.recommend({ user: "ann", first: 2 })).edges).toHaveLength(2);
  return problems[0].message;
}

describe("a stored model is refused with its reason, and the one that serves goes on, where", () => {
  it("its bytes are not those of its digest", async () => {
    const id = await storeCopy(db, good, () => ({ digest: "0".repeat(64) }));
    const [{ digest }] = await db.query<{ digest: string }>("select digest from model where id = $1", [good]);
    expect(await refusalOf(id)).toBe(
      `not a usable model: model ${id}: its bytes have the digest ${digest}, expected ${"0".repeat(64)}`,
    );
  });

  it("they start like something else", async () => {
    const id = await storeBytes(db, good, (bytes) => {
      bytes.write("PNG");
      return bytes;
    });
    expect(await refusalOf(id)).toMatch(/^not a usable model: it starts with "PNG/);
  });

  it.each([0, 10, 200, -1])("they are cut at byte %i", async (end) => {
    const id = await storeBytes(db, good, (bytes) => bytes.subarray(0, end));
    expect(await refusalOf(id)).toMatch(
      /^not a usable model: (it starts with|its header has no end|it ends at byte \d+, expected \d+ for)/,
    );
  });

  it("a weight is NaN", async () => {
    const id = await storeChanged(db, good, (model) => ({
      ...model,
      weights: { ...model.weights, bias: Number.NaN },
    }));
    expect(await refusalOf(id)).toBe("not a usable model: its weight bias is null, expected a finite number");
  });

  it("a similarity is NaN", async () => {
    const id = await storeChanged(db, good, (model) => {
      const [first, ...rest] = model.sources;
      const similarity = Float32Array.from(first.similarity);
      similarity[0] = Number.NaN;
      return { ...model, sources: [{ ...first, similarity }, ...rest] };
    });
    expect(await refusalOf(id)).toBe(
      "not a usable model: its similarity.0 0 is NaN, expected a finite number",
    );
  });

  it("its entities are unknown here", async () => {
    const id = await storeChanged(db, good, (model) => ({
      ...model,
      statistics: { ...model.statistics, ids: model.statistics.ids.map((known) => known + 1_000_000) },
    }));
    expect(await refusalOf(id)).toBe(
      `not a usable model: model ${id}: it was fitted on another graph: of 13 of its entities this graph has 0, expected half at least`,
    );
  });

  it("its entities are others here, under the same ids", async () => {
    const id = await storeCopy(db, good, ({ data }) => ({
      data: {
        ...data,
        sample: Object.fromEntries(Object.keys(data.sample!).map((entity) => [entity, `book:${entity}`])),
      },
    }));
    expect(await refusalOf(id)).toMatch(
      /it was fitted on another graph: its entity \d+ is "book:\d+", here it is "(movie|person|genre):/,
    );
  });
});

it("a model is refused where its texts were encoded by another encoder than those of now", async () => {
  const origin = {
    ...{ encoder: "encoder-a", sourceDim: 3 },
    ...{ mean: new Float32Array(3), projection: Float32Array.of(1, 0, 0, 0, 1, 0) },
  };
  const id = await storeChanged(db, good, (model) => {
    const from = new Float32Array(2 * model.statistics.ids.length);
    return {
      ...model,
      spaces: [{ name: "text", kind: "TEXT", dim: 2, halfLife: null, origin, from, to: from }],
    };
  });
  const activateWith = async (encoder: string) => {
    await db.query("delete from vector_set");
    await db.query("insert into vector_set (name, kind, encoder, dim) values ('text', 'TEXT', $1, 3)", [
      encoder,
    ]);
    return adminOf(app).models.activate({ id }, { actor: "adam", dryRun: true });
  };
  expect((await activateWith("encoder-a")).problems).toEqual([]);
  expect((await activateWith("encoder-b")).problems).toEqual([
    {
      code: "UNUSABLE_MODEL",
      message:
        `not a usable model: model ${id}: the vectors "text" were made by encoder-b (3 numbers each), ` +
        "it expects encoder-a (3): encode again, or train a new model",
      path: ["id"],
    },
  ]);
});

describe("a model file", () => {
  let file: Buffer;
  const importing = (bytes: Buffer) => importModel(db, bytes);

  beforeAll(async () => {
    file = packModelFile((await loadModel(db, good))!);
  });

  it("brings the model back, and the same file again is the same model", async () => {
    const target = await createTestDatabase();
    await insertFilms(target); // an empty database: the same ids
    const imported = await importModel(target, file);
    const original = await adminOf(app).models.findModel(good);
    expect({ ...imported, id: "", createdAt: null }).toEqual({ ...original, id: "", createdAt: null });
    expect((await loadModel(target, imported.id))!.artifact).toEqual((await loadModel(db, good))!.artifact);
    expect((await importModel(target, file)).id).toBe(imported.id);
    const there = await openApp(target);
    await adminOf(there).models.activate({ id: imported.id }, { actor: "adam" });
    const score = async ({ recommender }: App) =>
      (await recommender.recommend({ user: "ann", first: 3 })).edges.map(({ node }) => node.score);
    expect(await score(there)).toEqual(await score(app));
  });

  it("is refused wherever it is cut", () => {
    for (let end = 0; end < file.length; end += 97) {
      expect(() => readModelFile(file.subarray(0, end)), `cut at ${end}`).toThrow(
        /^not a usable model file: (it starts with|it ends at byte)/,
      );
    }
    expect(() => readModelFile(Buffer.concat([file, Buffer.from("x")]))).toThrow(/it ends at byte/);
  });

  it("is refused wherever a byte was changed", () => {
    for (let at = 0; at < file.length; at += 101) {
      const changed = Buffer.from(file);
      changed[at] ^= 1;
      expect(() => readModelFile(changed), `changed at ${at}`).toThrow(/^not a usable model file: /);
    }
  });

  it("of another program is refused", async () => {
    await expect(importing(Buffer.from("PK\u0003\u0004 something else"))).rejects.toThrow(
      'not a usable model file: it starts with "PK\\u0003\\u0004 something else", expected "WHYGRAPH-EXPORT-1"',
    );
  });

  it("whole, but with a model that is not, is refused before anything is stored", async () => {
    const artifact = Buffer.from("WHYGRAPH-MODEL-2\n{}");
    const { record } = (await loadModel(db, good))!;
    const bytes = packModelFile({ artifact, record: { ...record, digest: digestOf(artifact) } });
    const [{ count }] = await db.query<{ count: string }>("select count(*) from model");
    await expect(importing(bytes)).rejects.toThrow("not a usable model: its header has no end");
    expect(await db.query("select count(*) from model")).toEqual([{ count }]);
  });

  it("of another graph is refused", async () => {
    const empty = await createTestDatabase();
    await expect(importModel(empty, file)).rejects.toThrow(
      "not a usable model: it was fitted on another graph: of 13 of its entities this graph has 0, expected half at least",
    );
  });
});

describe("a gateway that starts on an active model that is not usable", () => {
  it("says why, serves without it, and fits a new one", async () => {
    const broken = await createTestDatabase();
    await insertFilms(broken);
    const id = await fitHere(broken);
    await broken.query("update model set artifact = '\\x00' where id = $1", [id]);
    const there = await openApp(broken);
    expect(adminOf(there).models.active().id).toBe("0");
    expect((await there.recommender.recommend({ user: "ann", first: 2 })).edges).toHaveLength(2);
    await there.fitIfNone(() => undefined);
    const { id: fitted } = adminOf(there).models.active();
    expect(Number(fitted)).toBeGreaterThan(Number(id));
  });
});
