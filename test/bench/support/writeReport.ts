import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";

const REPORT = fileURLToPath(new URL("../../../docs/results/bench.md", import.meta.url));

/** What one benchmark printed. */
export interface Section {
  readonly name: string;
  /** The command that runs it alone. */
  readonly command: string;
  readonly code: number;
  readonly output: string;
}

const HEAD = `# Benchmarks

\`npm run bench -- --write\` runs all of them and writes this file; with names, it replaces their sections. Nothing
here is typed by hand. Absolute numbers depend on the machine and on what else it does; where two things are
compared, they ran in turn on the same machine, and the ratio is the number to read.`;

/** Writes what a run printed to docs/results/bench.md and gives its path. */
export function writeReport(sections: readonly Section[]): string {
  mkdirSync(dirname(REPORT), { recursive: true });
  const before = existsSync(REPORT) ? readFileSync(REPORT, "utf8") : "";
  writeFileSync(REPORT, mergeReport(before, sections, new Date()));
  return relative(process.cwd(), REPORT);
}

/** Replaces in the text of a report the sections of what was run; the others stay, new ones go last. */
export function mergeReport(before: string, sections: readonly Section[], date: Date): string {
  const parts = new Map<string, string>();
  for (const part of before.split(/^(?=## )/m).slice(1)) {
    parts.set(/^## (.*)/.exec(part)![1], part.trim());
  }
  for (const section of sections) parts.set(section.name, writeSection(section, date));
  return `${[HEAD, ...parts.values()].join("\n\n")}\n`;
}

function writeSection({ name, command, code, output }: Section, date: Date): string {
  const failed = code === 0 ? "" : `: **ended with exit code ${code}**`;
  const boxed = output.includes("┌"); // console.table is no Markdown
  return [
    `## ${name}`,
    `\`${command}\`, ${date.toISOString().slice(0, 10)}${failed}`,
    boxed ? `\`\`\`\n${output.trim()}\n\`\`\`` : output.trim(),
  ].join("\n\n");
}
