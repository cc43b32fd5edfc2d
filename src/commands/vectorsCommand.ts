import { join } from "node:path";
import type { Command } from "commander";
import { readConfig } from "../config.ts";
import type { VectorSetRecord } from "../kg/types.ts";
import { deleteVectorSet } from "../kg/vectors/deleteVectorSet.ts";
import { findVectorSets } from "../kg/vectors/findVectorSets.ts";
import { importVectors, type VectorImportResult } from "../kg/vectors/import/importVectors.ts";
import { withDatabase } from "./withDatabase.ts";

const EXIT_WITH_REJECTS = 3;
const HELP = `
A vector set holds one vector per entity, all made by one encoder: of text by whygraph encode, or of anything else
(images, sound, a graph embedding trained elsewhere) by what wrote a .parquet, .tsv or .tsv.gz. A file has a column of
entity keys (key, entity, item, id, or the first) and either one column of whole vectors or one per number.

Exit codes: 0 done, 1 failed, 2 called wrongly, 3 imported, with rejected rows.

Examples:
  whygraph vectors list
  whygraph vectors import clip.parquet --name image --made-by clip-vit-b32
  whygraph vectors import audio.tsv --name sound --vector-column embedding
  whygraph vectors delete image`;

interface ImportOptions {
  readonly name: string;
  readonly madeBy?: string;
  readonly keyColumn?: string;
  readonly vectorColumn?: string;
  readonly rejects?: string;
  readonly json?: boolean;
}

/** Adds `vectors list|import|delete`: the sets of vectors that entities have. */
export function addVectorsCommand(program: Command): void {
  const vectors = program
    .command("vectors")
    .description("list, import and delete vectors of entities")
    .addHelpText("after", HELP);
  const add = (usage: string, description: string) =>
    vectors
      .command(usage)
      .description(description)
      .option("--json", "print the result as JSON")
      .addHelpText("after", HELP);
  add("list", "list the vector sets").action(runList);
  add("import <file>", "import vectors that were made elsewhere, as a set of their own")
    .requiredOption("--name <name>", "of the set")
    .option("--made-by <encoder>", 'what made them; two makers do not mix in one set (default "import")')
    .option("--key-column <column>", "column of the entities' keys")
    .option("--vector-column <column>", "column of whole vectors; the others are passed over")
    .option("--rejects <file>", "where bad rows go (default: rejects-<time>.tsv in the data folder)")
    .action(runImport);
  add("delete <name>", "delete a vector set").action(runDelete);
}

async function runList(options: { readonly json?: boolean }): Promise<void> {
  const sets = await withDatabase(findVectorSets);
  const text = sets.map(describe).join("\n") || "There are no vector sets.";
  console.log(options.json ? JSON.stringify({ sets }) : text);
}

async function runImport(path: string, options: ImportOptions): Promise<void> {
  const { name, madeBy, keyColumn, vectorColumn, json } = options;
  const time = new Date().toISOString().replace(/[:.]/g, "-");
  const rejects = options.rejects ?? join(readConfig().dataFolder, `rejects-${time}.tsv`);
  const columns = { key: keyColumn, vector: vectorColumn };
  const result = await withDatabase((db) => importVectors(db, { path, name, madeBy, columns, rejects }));
  console.log(json ? JSON.stringify(result) : summarise(result));
  if (result.rejected > 0) process.exitCode = EXIT_WITH_REJECTS;
}

async function runDelete(name: string, options: { readonly json?: boolean }): Promise<void> {
  await withDatabase((db) => deleteVectorSet(db, name));
  console.log(options.json ? JSON.stringify({ deleted: name }) : `deleted the vector set "${name}"`);
}

function describe({ name, kind, encoder, dim, encoded, refused, updatedAt }: VectorSetRecord): string {
  const without = refused > 0 ? `, ${refused} without` : "";
  const size = `${encoded} × ${dim}${without}`;
  return [name.padEnd(16), kind.padEnd(6), encoder.padEnd(24), size.padEnd(24), updatedAt.toISOString()].join(
    "  ",
  );
}

function summarise({ set, encoder, dim, written, unchanged, ...rest }: VectorImportResult): string {
  const rejected = rest.rejected > 0 ? [`  ${rest.rejected} rows rejected, see ${rest.rejectsFile}`] : [];
  return [
    `vector set "${set}": ${encoder}, ${dim} numbers each; ${rest.seconds.toFixed(1)} s`,
    `  ${written} written, ${unchanged} unchanged`,
    ...rejected,
    "next: whygraph train",
  ].join("\n");
}
