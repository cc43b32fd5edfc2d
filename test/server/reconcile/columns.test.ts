import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCuration } from "../../../src/kg/curation/index.ts";
import type { Database } from "../../../src/kg/database.ts";
import { createTestDatabase } from "../../support/database.ts";
import { insertFilms } from "../../support/films.ts";
import { addNamesake, HOSTILE } from "./addNamesake.ts";
import { openService } from "./openService.ts";
import { faultsOf } from "./schemas.ts";

let db: Database;
let service: Awaited<ReturnType<typeof openService>>;
beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  await addNamesake(db);
  service = await openService(db, { openReading: true });
});
afterAll(() => service.close());

interface Extension {
  readonly meta: readonly {
    readonly id: string;
    readonly name: string;
    readonly type?: { readonly id: string };
  }[];
  readonly rows: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>;
}

async function extend(ids: readonly string[], properties: readonly unknown[]): Promise<Extension> {
  const response = await service.post({ extend: { ids, properties } });
  const body = await response.json();
  expect([response.status, body]).toEqual([200, expect.anything()]);
  expect(faultsOf("extension", body)).toEqual([]);
  return body as Extension;
}

describe("columns", () => {
  it("hold entities, both ways, and nothing for what is unknown or deprecated", async () => {
    const ids = ["movie:aliens", "movie:titanic", "person:james-cameron", "nobody"];
    const relations = ["directed_by", "has_genre", "^directed_by", "married_to"];
    const { meta, rows } = await extend(
      ids,
      relations.map((id) => ({ id })),
    );
    expect(meta).toEqual([
      { id: "directed_by", name: "directed by", type: { id: "person", name: "person" } },
      { id: "has_genre", name: "has genre", type: { id: "genre", name: "genre" } },
      { id: "^directed_by", name: "directed", type: { id: "movie", name: "movie" } },
      { id: "married_to", name: "married to", type: { id: "person", name: "person" } },
    ]);
    const cameron = { id: "person:james-cameron", name: "James Cameron" };
    expect(rows).toEqual({
      "movie:aliens": {
        ...{ directed_by: [cameron], "^directed_by": [], married_to: [] },
        has_genre: [{ id: "genre:science-fiction", name: "Science Fiction" }],
      },
      "movie:titanic": {
        ...{ directed_by: [cameron], "^directed_by": [], married_to: [] },
        has_genre: [{ id: "genre:drama", name: "Drama" }], // that it is science fiction is deprecated
      },
      "person:james-cameron": {
        ...{ directed_by: [], has_genre: [] },
        "^directed_by": [
          { id: "movie:aliens", name: "Aliens" },
          { id: "movie:terminator", name: "The Terminator" },
          { id: "movie:titanic", name: "Titanic" },
        ],
        married_to: [{ id: "person:linda-hamilton", name: "Linda Hamilton" }],
      },
      nobody: { directed_by: [], has_genre: [], "^directed_by": [], married_to: [] },
    });
    // A symmetric relation is the same from its other end.
    const { rows: other } = await extend(["person:linda-hamilton"], [{ id: "married_to" }]);
    expect(other["person:linda-hamilton"].married_to).toEqual([cameron]);
  });

  it("hold literals by their kind", async () => {
    const keys = [
      "year",
      "rating",
      "gross",
      "restored",
      "tags",
      "lost",
      "released",
      "seen",
      "box",
      "missing",
    ];
    const { meta, rows } = await extend(
      ["movie:alien"],
      keys.map((key) => ({ id: `@${key}` })),
    );
    expect(meta[0]).toEqual({ id: "@year", name: "year" });
    expect(rows["movie:alien"]).toEqual({
      "@year": [{ int: 1979 }],
      "@rating": [{ float: 8.5 }],
      "@gross": [{ float: 3_000_000_000 }], // OpenRefine reads an int into 32 bits
      "@restored": [{ str: "true" }], // 0.2 has no boolean values
      "@tags": [{ str: "space" }, { str: "crew" }],
      "@lost": [],
      "@released": [{ str: "1979-05-25" }], // a day is no date and time
      "@seen": [{ date: "1979-05-25T19:30:00Z" }],
      "@box": [{ str: '{"width":4}' }],
      "@missing": [],
    });
  });

  it("hold as many values and what of them the settings say, numbers as OpenRefine's form sends them", async () => {
    const ids = ["person:james-cameron"];
    const column = (settings: object) => extend(ids, [{ id: "^directed_by", settings }]);
    const values = async (settings: object) => (await column(settings)).rows[ids[0]]["^directed_by"];
    expect(await values({ limit: "2", content: "name" })).toEqual([
      { str: "Aliens" },
      { str: "The Terminator" },
    ]);
    expect(await values({ limit: 1, content: "id" })).toEqual([{ str: "movie:aliens" }]);
    expect(await values({ limit: "0" })).toHaveLength(3);
    expect((await column({ content: "name" })).meta[0].type).toBeUndefined();
  });

  it("follow a merged entity to its survivor", async () => {
    const merged = await createCuration(db).mergeEntities(
      { into: { key: "movie:alien" }, from: [{ key: "movie:alien-1980" }] },
      { actor: "ann" },
    );
    expect(merged.problems).toEqual([]);
    await service.snapshot.waitFor(merged.graphRevision, 5_000);
    const { rows } = await extend(["movie:alien-1980"], [{ id: "directed_by" }]);
    expect(rows["movie:alien-1980"].directed_by).toEqual([
      { id: "person:ridley-scott", name: "Ridley Scott" },
    ]);
    const { q0 } = (await (
      await service.post({ queries: { q0: { query: "movie:alien-1980" } } })
    ).json()) as {
      q0: { result: { id: string; score: number }[] };
    };
    expect(q0.result[0]).toMatchObject({ id: "movie:alien", score: 100 });
  });

  it("take one statement, however many there are", async () => {
    const count = async (ids: readonly string[], properties: readonly unknown[]) => {
      const before = db.statements;
      await extend(ids, properties);
      return db.statements - before;
    };
    expect(await count(["movie:alien"], [{ id: "starring" }])).toBe(1);
    const many = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? "movie:alien" : `nobody-${i}`));
    expect(await count(many, [{ id: "starring" }, { id: "@year" }, { id: "^starring" }])).toBe(1);
  });
});

describe("proposals of properties", () => {
  const propose = async (query: string) => {
    const body = await service.read<{ properties: { id: string; name: string }[] }>(`/properties?${query}`);
    expect(faultsOf("proposal", body)).toEqual([]);
    return body.properties.map(({ id }) => id);
  };

  it("are what entities of the type have, the most common first", async () => {
    // Of the films six have a director and a genre, four a star; one follows another.
    const proposed = await propose("type=movie");
    expect(proposed.slice(0, 5)).toEqual(["directed_by", "has_genre", "starring", "follows", "^follows"]);
    expect(proposed).toContain("@year");
    expect(await propose("type=movie&limit=2")).toEqual(["directed_by", "has_genre"]);
    // Two persons directed (three films each, which counts once), three star, two are married.
    expect(await propose("type=person")).toEqual(["^starring", "^directed_by", "married_to"]);
    expect(await propose("type=nothing")).toEqual([]);
  });

  it("are all of them where no type is given", async () => {
    expect((await propose("type=")).slice(0, 3)).toEqual(["directed_by", "^directed_by", "follows"]);
  });
});

describe("suggestions", () => {
  it("of entities begin with what was typed, or have it as their key", async () => {
    const body = await service.read<{ result: { id: string }[] }>("/suggest/entity?prefix=sig");
    expect(faultsOf("suggestEntities", body)).toEqual([]);
    expect(body.result).toEqual([
      { id: "person:sigourney-weaver", name: "Sigourney Weaver", notable: ["person"] },
    ]);
    const [own] = (await service.read<{ result: { id: string }[] }>("/suggest/entity?prefix=genre:drama"))
      .result;
    expect(own.id).toBe("genre:drama");
  });

  it("of entities go on where `cursor` says", async () => {
    const read = async (cursor: number) =>
      (await service.read<{ result: { id: string }[] }>(`/suggest/entity?prefix=e&cursor=${cursor}`)).result;
    const all = await service.read<{ result: { id: string }[] }>("/suggest/entity?prefix=al");
    const rest = await service.read<{ result: { id: string }[] }>("/suggest/entity?prefix=al&cursor=1");
    expect(all.result.length).toBeGreaterThan(1);
    expect(rest.result).toEqual(all.result.slice(1));
    expect(await read(10_000)).toEqual([]);
  });

  it("of types say how many entities have them", async () => {
    const body = await service.read("/suggest/type?prefix=PER");
    expect(faultsOf("suggestTypes", body)).toEqual([]);
    expect(body).toEqual({ result: [{ id: "person", name: "person", description: "5 in the graph" }] });
  });

  it("of properties go by label or id, relations both ways and attributes", async () => {
    const body = await service.read<{ result: { id: string }[] }>("/suggest/property?prefix=direct");
    expect(faultsOf("suggestProperties", body)).toEqual([]);
    expect(body.result).toEqual([
      { id: "directed_by", name: "directed by", description: "relation, from movie to person" },
      { id: "^directed_by", name: "directed", description: "relation, from person to movie" },
    ]);
    const ids = async (prefix: string) =>
      (
        await service.read<{ result: { id: string }[] }>(
          `/suggest/property?prefix=${encodeURIComponent(prefix)}`,
        )
      ).result.map(({ id }) => id);
    expect(await ids("yea")).toEqual(["@year"]);
    expect(await ids("@year")).toEqual(["@year"]);
    expect(await ids("^directed_by")).toContain("^directed_by");
  });
});

describe("pages about an entity", () => {
  it("are HTML in which nothing of the graph is markup, and nothing runs", async () => {
    const response = await service.get(`/preview?id=${encodeURIComponent("movie:<hostile>")}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    const html = await response.text();
    expect(html).toContain("<h1>&lt;img src=x onerror=&quot;alert(&#39;x&#39;)&quot;&gt; &amp; co</h1>");
    expect(html).toContain("&lt;script&gt;alert(2)&lt;/script&gt;");
    expect(html).toContain("<th>&lt;b&gt;</th><td>&lt;i&gt;</td>");
    expect(html).not.toMatch(/<script|<img|<b>|<i>/);
    expect(html).not.toContain(HOSTILE);
  });

  it("show a few values, and in the view all", async () => {
    const preview = await (await service.get("/preview?id=movie:aliens")).text();
    expect(preview).toContain(
      '<tr><th>directed by</th><td><a href="view?id=person%3Ajames-cameron" target="_blank">James Cameron</a></td></tr>',
    );
    expect(preview).toContain("<small>movie · movie:aliens</small>");
    expect(await (await service.get("/preview?id=movie:alien")).text()).toContain(
      "<small>movie · 1979 · movie:alien</small>",
    );
    const view = await (await service.get("/view?id=person%3Ajames-cameron")).text();
    expect(view).toContain("<th>directed</th>");
  });

  it("are not there for an unknown key", async () => {
    const response = await service.get("/preview?id=nobody");
    expect([response.status, await response.json()]).toEqual([
      404,
      { errors: [{ message: 'no entity has the key "nobody"', extensions: { code: "NOT_FOUND" } }] },
    ]);
  });
});
