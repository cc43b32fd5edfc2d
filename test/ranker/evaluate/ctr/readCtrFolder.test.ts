import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readCtrFolder } from "../../../../src/ranker/evaluate/ctr/readCtrFolder.ts";

describe("a folder of labelled rows", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "ctr-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("becomes dense indices, items before the other entities", async () => {
    await writeFile(join(folder, "ratings_final.txt"), "7\t20\t1\n7\t10\t0\n9\t10\t1\n");
    await writeFile(
      join(folder, "kg.txt.gz"),
      gzipSync("10\tfilm.director\t99\n20\tfilm.director\t99\n10\tsequel\t20\n"),
    );
    const data = await readCtrFolder(folder);
    expect(data).toMatchObject({
      users: 2,
      items: 2,
      entities: 3,
      relationKeys: ["film.director", "sequel"],
    });
    expect([...data.rows.user]).toEqual([0, 0, 1]);
    expect([...data.rows.item]).toEqual([0, 1, 1]); // 20 came first
    expect([...data.rows.label]).toEqual([1, 0, 1]);
    expect([...data.triples.head]).toEqual([1, 0, 1]);
    expect([...data.triples.tail]).toEqual([2, 2, 0]);
  });

  it("counts a repeated triple once", async () => {
    await writeFile(join(folder, "ratings_final.txt"), "1\t1\t1\n");
    await writeFile(join(folder, "kg.txt"), "1\tr\t2\n1\tr\t2\n");
    expect((await readCtrFolder(folder)).triples.head.length).toBe(1);
  });

  it("is refused with the line that has another label", async () => {
    await writeFile(join(folder, "ratings_final.txt"), "1\t1\t1\n1\t2\t5\n");
    await writeFile(join(folder, "kg.txt"), "");
    await expect(readCtrFolder(folder)).rejects.toThrow(
      /ratings_final\.txt:2 has the label "5"; expected 0 or 1/,
    );
  });

  it("is refused where the graph has a line without a relation", async () => {
    await writeFile(join(folder, "ratings_final.txt"), "1\t1\t1\n");
    await writeFile(join(folder, "kg.txt"), "1\tr\n");
    await expect(readCtrFolder(folder)).rejects.toThrow(/kg\.txt:1 has 2 fields; expected 3/);
  });

  it("is refused where the ratings are missing", async () => {
    await expect(readCtrFolder(folder)).rejects.toThrow(/has no ratings_final\.txt/);
  });
});
