import { readFile, rename, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { DomainError } from "../errors.ts";
import type { Database } from "../kg/database.ts";
import { findActivation } from "../kg/models/findActivation.ts";
import { findModel, findModels } from "../kg/models/findModels.ts";
import { loadModel } from "../kg/models/loadModel.ts";
import type { ModelRecord } from "../kg/types.ts";
import { importModel } from "../models/importModel.ts";
import { packModelFile } from "../models/modelFile.ts";
import { modelCard } from "../sentence/modelCard.ts";
import { serveModel } from "./serveModel.ts";
import { withDatabase } from "./withDatabase.ts";

const ACTOR = "command line";
const NEWEST = 100;
const EXAMPLES = `
Examples:
  whygraph models list
  whygraph models show 3
  whygraph models activate 3
  whygraph models rollback
  whygraph models export 3 best.whygraph
  whygraph models import best.whygraph`;

interface Options {
  readonly json?: boolean;
}

/** Adds `models list|show|activate|rollback|export|import`: which models there are, and which one serves. */
export function addModelsCommand(program: Command): void {
  const models = program
    .command("models")
    .description("list, show, activate, export and import models")
    .addHelpText("after", EXAMPLES);
  const add = (usage: string, description: string) =>
    models
      .command(usage)
      .description(description)
      .option("--json", "print the result as JSON")
      .addHelpText("after", EXAMPLES);
  add("list", "list the models, newest first").action(runList);
  add("show <id>", "print a model's card").action(runShow);
  add("activate <id>", "let a model serve; running servers change over by themselves").action(runActivate);
  add("rollback", "return to the model that served before").action(runRollback);
  add("export <id> <file>", "write a model to a file").action(runExport);
  add("import <file>", "store the model of a file; it does not serve yet").action(runImport);
}

async function runList(options: Options): Promise<void> {
  const listed = await withDatabase(async (db) => {
    const { edges } = await findModels(db, { first: NEWEST });
    const active = await findActive(db);
    return edges.map(({ node }) => ({ ...node, active: node.id === active }));
  });
  print(options, { models: listed }, listed.map(describe).join("\n") || "There are no models.");
}

async function runShow(id: string, options: Options): Promise<void> {
  const [model, active] = await withDatabase(
    async (db) => [await find(db, id), await findActive(db)] as const,
  );
  print(options, { ...model, active: model.id === active }, modelCard(model, model.id === active).trimEnd());
}

async function runActivate(id: string, options: Options): Promise<void> {
  const model = await withDatabase((db) => serveModel(db, { id }, ACTOR));
  print(options, model, `model ${model.id} serves now`);
}

async function runRollback(options: Options): Promise<void> {
  const model = await withDatabase((db) => serveModel(db, { previous: true }, ACTOR));
  print(options, model, `model ${model.id} serves again`);
}

async function runExport(id: string, file: string, options: Options): Promise<void> {
  const stored = await withDatabase((db) => loadModel(db, id));
  if (!stored) throw unknown(id);
  const bytes = packModelFile(stored);
  await writeFile(`${file}.part`, bytes); // a file of that name is always whole
  await rename(`${file}.part`, file);
  const { digest } = stored.record;
  print(
    options,
    { id, file, bytes: bytes.length, digest },
    `wrote model ${id} to ${file}, ${bytes.length} bytes`,
  );
}

async function runImport(file: string, options: Options): Promise<void> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new DomainError("BAD_USER_INPUT", `cannot read ${file}: ${error.message}`);
  });
  const model = await withDatabase((db) => importModel(db, bytes));
  print(options, model, `model ${model.id} is stored; whygraph models activate ${model.id} lets it serve`);
}

async function find(db: Database, id: string): Promise<ModelRecord> {
  const model = await findModel(db, id);
  if (!model) throw unknown(id);
  return model;
}

async function findActive(db: Database): Promise<string | null> {
  return (await findActivation(db)).active?.modelId ?? null;
}

function unknown(id: string): DomainError {
  return new DomainError("NOT_FOUND", `there is no model ${JSON.stringify(id)}; see whygraph models list`);
}

function describe({
  id,
  createdAt,
  interactions,
  metrics,
  active,
}: ModelRecord & { active: boolean }): string {
  const [name, value] = Object.entries(metrics).find(([metric]) => metric.startsWith("valid.")) ?? ["", 0];
  const metric = name ? `${name} ${value.toPrecision(4)}` : "";
  const counted = `${interactions} interactions`;
  return [
    id.padStart(4),
    createdAt.toISOString(),
    counted.padEnd(24),
    metric.padEnd(24),
    active ? "serves" : "",
  ]
    .join("  ")
    .trimEnd();
}

function print(options: Options, result: object, text: string): void {
  console.log(options.json ? JSON.stringify(result) : text);
}
