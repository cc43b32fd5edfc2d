import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** Makes a folder of the test's own that is gone after it; `files` are its texts or bytes by name. */
export async function makeFolder(files: Readonly<Record<string, string | Buffer>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "whygraph-import-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

/** Rows of cells as TSV or CSV. */
export function rows(separator: string, ...lines: readonly (readonly string[])[]): string {
  return lines.map((cells) => `${cells.join(separator)}\n`).join("");
}
export const tsv = (...lines: readonly (readonly string[])[]): string => rows("\t", ...lines);

/** Two films of one director, and one user who rated the first. */
export const FILMS: Readonly<Record<string, string>> = {
  "items.tsv": tsv(["item", "name"], ["movie:1", "Alien"], ["movie:2", "Blade Runner"]),
  "entities.tsv": tsv(
    ["entity", "name", "type"],
    ["person:1", "Ridley Scott", "person"],
    ["genre:horror", "Horror", "genre"],
  ),
  "triples.tsv": tsv(
    ["head", "relation", "tail"],
    ["movie:1", "directed_by", "person:1"],
    ["movie:2", "directed_by", "person:1"],
    ["movie:1", "has_genre", "genre:horror"],
  ),
  "interactions.tsv": tsv(
    ["user", "item", "value", "timestamp", "split"],
    ["u1", "movie:1", "4.5", "1000000000", "train"],
    ["u2", "movie:2", "3", "", ""],
  ),
  "texts.tsv": tsv(["item", "abstract"], ["movie:1", "A crew meets an alien."]),
};
