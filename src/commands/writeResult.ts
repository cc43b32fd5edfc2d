import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";

/** A result as files: Markdown, and the figure that it shows. */
export interface ResultFiles {
  /** Name without an ending. */
  readonly name: string;
  readonly markdown: string;
  readonly figure: string | null;
}

/** Writes a result into a folder, made where it is missing, and gives the paths. */
export async function writeResult(
  folder: string,
  { name, markdown, figure }: ResultFiles,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files: [string, string][] = [[join(folder, `${name}.md`), markdown]];
  if (figure) files.push([join(folder, `${name}.svg`), figure]);
  await Promise.all(files.map(([file, text]) => writeFile(file, text)));
  return files.map(([file]) => file);
}

/** The command line as somebody would type it, without what wrote the file. */
export function describeCommand(args: readonly string[] = process.argv.slice(2)): string {
  const shown = args.map((arg) => (/^[\w./:,+=@-]+$/.test(arg) ? arg : JSON.stringify(arg)));
  return ["npm run -s whygraph --", ...shown].join(" ");
}

/** What absolute times depend on. */
export function describeMachine(): string {
  return `${cpus().length} cores, Node ${process.versions.node}`;
}
