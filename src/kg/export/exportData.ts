import { stat } from "node:fs/promises";
import { DomainError } from "../../errors.ts";
import type { Database } from "../database.ts";
import type { Revision } from "../types.ts";
import { exportJSONLines } from "./exportJSONLines.ts";
import { exportLayout } from "./exportLayout.ts";
import { exportProv } from "./exportProv.ts";
import { exportRdf } from "./exportRdf.ts";
import { writeJSONLD } from "./rdf/writeJSONLD.ts";
import { writeLines } from "./rdf/writeLines.ts";
import { writeTurtle } from "./rdf/writeTurtle.ts";
import {
  EXPORT_FORMATS,
  type Exporter,
  type ExportFormat,
  type ExportOptions,
  type ExportProgress,
  type ExportResult,
} from "./types.ts";

const EXPORTERS: Readonly<Record<ExportFormat, Exporter>> = {
  layout: exportLayout,
  jsonl: exportJSONLines,
  nt: exportRdf(() => writeLines({ graphs: false })),
  nq: exportRdf(() => writeLines({ graphs: true })),
  ttl: exportRdf(() => writeTurtle({ graphs: false })),
  trig: exportRdf(() => writeTurtle({ graphs: true })),
  jsonld: exportRdf(writeJSONLD),
  prov: exportProv,
};
const COUNT = `
  select (select revision::text from graph) as revision, (select count(*)::float8 from entity) as entities,
         (select count(*)::float8 from relation) as relations, (select count(*)::float8 from triple) as triples,
         (select count(*)::float8 from interaction) as interactions`;
const COUNT_RDF = COUNT.replace("(select count(*)::float8 from interaction)", "0::float8");

/**
 * Exports the graph as of one revision, streaming: memory does not grow with the graph. "layout" and "jsonl"
 * keep all that the graph holds; see `exportRdf` for what RDF leaves out. Row revisions and models are no part of an
 * export, and the log of changes is one of its own, "prov".
 * @throws {DomainError} BAD_USER_INPUT where something else lies at the target
 */
export async function exportData(
  db: Database,
  options: ExportOptions,
  onProgress: (progress: ExportProgress) => void = () => undefined,
): Promise<ExportResult> {
  const started = performance.now();
  const { format, to } = options;
  if (!EXPORT_FORMATS.includes(format)) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `unknown format "${format}"; expected one of ${EXPORT_FORMATS.join(", ")}`,
    );
  }
  await assertTarget(format, to);
  let bytes = 0;
  return db.withClient(async (client) => {
    await client.query("begin isolation level repeatable read read only");
    try {
      await client.query("set local timezone = 'UTC'");
      await client.query("set local datestyle = 'ISO'");
      const isRdf = format !== "layout" && format !== "jsonl";
      const [{ revision, ...written }] = (await client.query(isRdf ? COUNT_RDF : COUNT)).rows as [
        ExportResult["written"] & { readonly revision: Revision },
      ];
      const onBytes = (what: string, more: number) => {
        bytes += more;
        onProgress({ what, bytes });
      };
      const files = await EXPORTERS[format]({ client, to, revision, onBytes });
      return { format, to, files, written, revision, bytes, seconds: (performance.now() - started) / 1000 };
    } finally {
      await client.query("rollback").catch(() => undefined); // read only: nothing to lose
    }
  });
}

async function assertTarget(format: ExportFormat, to: string): Promise<void> {
  const found = await stat(to).catch(() => null);
  const expected = format === "layout" ? "a folder" : "a file";
  if (!found || found.isDirectory() === (format === "layout")) return;
  throw new DomainError(
    "BAD_USER_INPUT",
    `${to} is ${found.isDirectory() ? "a folder" : "a file"}; expected ${expected} for format ${format}`,
  );
}
