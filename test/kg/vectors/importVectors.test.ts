import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../src/kg/database.ts";
import { findVectorSets } from "../../../src/kg/vectors/findVectorSets.ts";
import { importVectors, type VectorImport } from "../../../src/kg/vectors/import/importVectors.ts";
import { loadVectors } from "../../../src/kg/vectors/loadVectors.ts";
import { createTestDatabase } from "../../support/database.ts";
import { type Films, insertFilms } from "../../support/films.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "whygraph-vectors-"));
});
afterAll(() => rm(folder, { recursive: true }));

let sequence = 0;
async function makeFile(end: string, content: string | Buffer): Promise<string> {
  const path = join(folder, `${sequence++}${end}`);
  await writeFile(path, content);
  return path;
}

async function open(): Promise<{ database: Database; films: Films }> {
  const database = await createTestDatabase();
  return { database, films: await insertFilms(database) };
}

function importFile(database: Database, path: string, options: Partial<VectorImport> = {}) {
  return importVectors(database, { path, name: "image", rejects: `${path}.rejects`, ...options });
}

/** The set as { key → numbers }. */
async function read(database: Database, films: Films): Promise<Record<string, number[]>> {
  const { ids, values, dim } = await loadVectors(database, "image");
  const keyOf = new Map(Object.entries(films.entities).map(([key, id]) => [Number(id), key]));
  return Object.fromEntries(
    Array.from(ids, (id, row) => [keyOf.get(id), Array.from(values.subarray(row * dim, (row + 1) * dim))]),
  );
}

const TSV = "film\tx\ty\nmovie:alien\t0.5\t-2\nmovie:aliens\t1\t4\n";

describe("vectors from a table", () => {
  it("come from one column per number, twice to the same effect", async () => {
    const { database, films } = await open();
    const path = await makeFile(".tsv", TSV);
    const first = await importFile(database, path, { madeBy: "clip@1" });
    expect(first).toMatchObject({
      set: "image",
      encoder: "clip@1",
      dim: 2,
      read: 2,
      written: 2,
      rejected: 0,
    });
    expect(await read(database, films)).toEqual({ "movie:alien": [0.5, -2], "movie:aliens": [1, 4] });
    expect(await importFile(database, path, { madeBy: "clip@1" })).toMatchObject({
      written: 0,
      unchanged: 2,
    });
    expect(await findVectorSets(database)).toMatchObject([{ name: "image", kind: "VECTOR", encoded: 2 }]);
  });

  it("come from one column of lists, gzipped, between columns that are passed over", async () => {
    const { database, films } = await open();
    const text = 'title\tkey\tvec\r\nAlien\tmovie:alien\t"[0.5, 1e2]"\r\n'.replaceAll('"', "");
    const path = await makeFile(".tsv.gz", gzipSync(`${text}Aliens\tmovie:aliens\t-1 2\n`));
    await importFile(database, path, { columns: { vector: "vec" } });
    expect(await read(database, films)).toEqual({ "movie:alien": [0.5, 100], "movie:aliens": [-1, 2] });
  });

  it("say what is wrong with each bad row, and the others go on", async () => {
    const { database, films } = await open();
    const path = await makeFile(
      ".tsv",
      [
        ...["key\tvector", "movie:alien\t[1, 2]", "movie:nope\t[1, 2]", "movie:aliens\t[1, 2, 3]"],
        ...["movie:titanic\t[1, x]", "movie:gladiator\t[0, 0]", "movie:alien\t[3, 4]", "\t[1, 2]"],
        ...["movie:terminator\t", "movie:terminator", "movie:blade-runner\t[5, 6]"],
      ].join("\n"),
    );
    const result = await importFile(database, path);
    expect(result).toMatchObject({ read: 10, written: 2, rejected: 8, rejectsFile: `${path}.rejects` });
    expect(await read(database, films)).toEqual({ "movie:alien": [1, 2], "movie:blade-runner": [5, 6] });
    const rejects = (await readFile(`${path}.rejects`, "utf8")).trim().split("\n").slice(1);
    expect(rejects.map((line) => line.split("\t").slice(1, 3))).toEqual([
      ["3", 'no entity has the key "movie:nope"'],
      ["4", "the vector has 3 numbers, expected 2"],
      ["5", 'number 2 of the vector is "x", expected a number'],
      ["6", "all numbers of the vector are 0: it points nowhere"],
      ["7", 'the entity of "movie:alien" came before'],
      ["8", "the key is empty"],
      ["9", "the vector is empty"],
      ["10", "1 columns, expected 2"],
    ]);
  });

  it("leave nothing behind where they cannot be imported", async () => {
    const { database } = await open();
    for (const [end, text, message] of [
      [".tsv", "key\tx\nmovie:nope\t1\n", /none of the 1 rows of .* has a vector of a known entity/],
      [".tsv", "", /is empty; expected a header/],
      [".tsv", "key\n", /the columns are key; expected one of keys and at least one of numbers/],
      [".csv", "a", /is no vector file; expected .parquet, .tsv or .tsv.gz/],
    ] as const) {
      await expect(importFile(database, await makeFile(end, text))).rejects.toThrow(message);
    }
    const path = await makeFile(".tsv", TSV);
    await expect(importFile(database, path, { columns: { key: "id" } })).rejects.toThrow(
      'no column is called "id"; expected one of film, x, y',
    );
    expect(await findVectorSets(database)).toEqual([]);
  });

  it("do not mix with those of another maker or of another length", async () => {
    const { database, films } = await open();
    const path = await makeFile(".tsv", TSV);
    await importFile(database, path);
    await expect(importFile(database, path, { madeBy: "clip@2" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    const longer = await makeFile(".tsv", "key\tx\ty\tz\nmovie:alien\t1\t2\t3\n");
    await expect(importFile(database, longer)).rejects.toThrow(/with 2 numbers, expected .* with 3 numbers/);
    expect(await read(database, films)).toMatchObject({ "movie:alien": [0.5, -2] });
  });
});

describe("vectors from Parquet", () => {
  for (const codec of ["UNCOMPRESSED", "SNAPPY", "GZIP"] as const) {
    it(`come from a column of lists (${codec})`, async () => {
      const { database, films } = await open();
      const columnData = [
        { name: "item", data: ["movie:alien", "movie:nope", "movie:titanic"], type: "STRING" as const },
        {
          name: "embedding",
          data: [
            [0.5, 2],
            [1, 1],
            [3, 4],
          ],
        },
      ];
      const file = parquetWriteBuffer({ columnData, codec, compressors: { GZIP: gzipSync } });
      const path = await makeFile(".parquet", Buffer.from(file));
      expect(await importFile(database, path)).toMatchObject({ read: 3, written: 2, rejected: 1 });
      expect(await read(database, films)).toEqual({ "movie:alien": [0.5, 2], "movie:titanic": [3, 4] });
    });
  }

  it("come from a column per number", async () => {
    const { database, films } = await open();
    const columnData = [
      { name: "x", data: [0.5, 3], type: "FLOAT" as const },
      { name: "key", data: ["movie:alien", "movie:titanic"], type: "STRING" as const },
      { name: "y", data: [2, 4], type: "DOUBLE" as const },
    ];
    const path = await makeFile(".parquet", Buffer.from(parquetWriteBuffer({ columnData })));
    await importFile(database, path);
    expect(await read(database, films)).toEqual({ "movie:alien": [0.5, 2], "movie:titanic": [3, 4] });
  });

  it("are refused where the file is cut off", async () => {
    const { database } = await open();
    const columnData = [
      { name: "key", data: ["movie:alien"], type: "STRING" as const },
      { name: "x", data: [1], type: "FLOAT" as const },
    ];
    const whole = Buffer.from(parquetWriteBuffer({ columnData }));
    const path = await makeFile(".parquet", whole.subarray(0, whole.length - 20));
    await expect(importFile(database, path)).rejects.toThrow(/cannot read .*; expected a whole Parquet file/);
  });
});
