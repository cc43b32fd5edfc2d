import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FEW = 12;

/** Lends `work` a copy of a folder in which only 12 users did anything: a model is trained on it in a moment. */
export async function withFewUsers<T>(folder: string, work: (copy: string) => Promise<T>): Promise<T> {
  const copy = await mkdtemp(join(tmpdir(), "whygraph-few-users-"));
  try {
    await cp(folder, copy, { recursive: true });
    const table = join(copy, "interactions.tsv");
    const [header, ...rows] = (await readFile(table, "utf8")).trimEnd().split("\n");
    const userOf = (row: string) => row.split("\t", 1)[0];
    const few = new Set([...new Set(rows.map(userOf))].slice(0, FEW));
    const kept = rows.filter((row) => few.has(userOf(row)));
    await writeFile(table, `${[header, ...kept].join("\n")}\n`);
    return await work(copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
