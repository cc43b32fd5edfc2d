import { Command } from "commander";
import { addAnswerCommand } from "./answerCommand.ts";
import { addAuditCommand } from "./auditCommand.ts";
import { addEmbedCommand } from "./embedCommand.ts";
import { addEncodeCommand } from "./encodeCommand.ts";
import { addEvaluateCommand } from "./evaluateCommand.ts";
import { addExportCommand } from "./exportCommand.ts";
import { addExtractCommand } from "./extractCommand.ts";
import { addImportCommand } from "./importCommand.ts";
import { addImportShapesCommand } from "./importShapesCommand.ts";
import { addKeysCommand } from "./keysCommand.ts";
import { addModelsCommand } from "./modelsCommand.ts";
import { addPlotCommand } from "./plotCommand.ts";
import { addPrintSchemaCommand } from "./printSchemaCommand.ts";
import { addServeCommand } from "./serveCommand.ts";
import { addTrainCommand } from "./trainCommand.ts";
import { addValidateCommand } from "./validateCommand.ts";
import { addVectorsCommand } from "./vectorsCommand.ts";

const SETTINGS = `
Settings come from the environment; .env.example lists them:
  DATABASE_URL      a Postgres of your own; without it the embedded one is used
  HOST, PORT        where to serve (127.0.0.1:4000)
  WHYGRAPH_DATA     folder of the embedded Postgres (.data)
  WHYGRAPH_DEMO     on: an empty embedded database gets the demo graph; off: it stays empty
  WHYGRAPH_READING  open: reading needs no key; key: everything does
  WHYGRAPH_EMBEDDINGS_URL, WHYGRAPH_MODEL_FOLDER: where encode finds other encoders than its own

Exit codes: 0 done, 1 failed, 2 called wrongly; import: 3 imported, with rejected rows.

Examples:
  whygraph serve
  whygraph import movies/ && whygraph train
  whygraph keys create --name anna --role CURATOR`;

/** Builds the command line; failures are thrown, not printed. */
export function buildProgram(): Command {
  const program = new Command("whygraph")
    .description(
      "A GraphQL gateway for knowledge and recommendations whose scores are the sum of their evidence.",
    )
    .addHelpText("after", SETTINGS)
    .showSuggestionAfterError()
    .helpCommand("help [command]", "show what a command does and takes")
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  addServeCommand(program);
  addImportCommand(program);
  addImportShapesCommand(program);
  addExportCommand(program);
  addEncodeCommand(program);
  addVectorsCommand(program);
  addTrainCommand(program);
  addEmbedCommand(program);
  addModelsCommand(program);
  addEvaluateCommand(program);
  addAuditCommand(program);
  addValidateCommand(program);
  addPlotCommand(program);
  addExtractCommand(program);
  addAnswerCommand(program);
  addKeysCommand(program);
  addPrintSchemaCommand(program);
  return program;
}
