import { writeFile } from "node:fs/promises";
import type { Command } from "commander";

/** Adds `print-schema`: the public schema in SDL. */
export function addPrintSchemaCommand(program: Command): void {
  program
    .command("print-schema")
    .description("print the GraphQL schema in SDL; needs no database")
    .option("--out <file>", "write it to a file instead")
    .addHelpText(
      "after",
      "\nExamples:\n  whygraph print-schema\n  whygraph print-schema --out schema.graphql",
    )
    .action(async (options: { out?: string }) => {
      const { printSchemaText } = await import("../schema/printSchemaText.ts");
      const text = await printSchemaText();
      if (options.out) await writeFile(options.out, text);
      else process.stdout.write(text);
    });
}
