import { mkdirSync, writeFileSync } from "node:fs";
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

\`npm run bench -- --write\` runs all of them and writes this file: nothing here is typed by hand. Absolute numbers
depend on the machine and on what else it does; where two things are compared, they ran in turn on the same machine,
and the ratio is the number to read.
`;

/** Writes what a run printed to docs/results/bench.md and gives its path. */
export function writeReport(sections: readonly Section[]): string {
  const parts = sections.map(({ name, command, code, output }) =>
    [
      `## ${name}`,
      `\`${command}\` (${new Date().toISOString().slice(0, 10)})${code === 0 ? "" : `: **ended with ${code}**`}`,
      output.includes("┌") ? `\`\`\`\n${output.trim()}\n\`\`\`` : output.trim(),
    ].join("\n\n"),
  );
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, `${[HEAD.trimEnd(), ...parts].join("\n\n")}\n`);
  return relative(process.cwd(), REPORT);
}
