import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "../../errors.ts";
import { MANIFEST } from "../import/readers/planLayout.ts";
import { copyText } from "./copyRows.ts";
import type { Exporter } from "./types.ts";
import { writeWhole } from "./writeFiles.ts";

const SECONDS = "trim_scale(extract(epoch from i.at))";

/** Columns and query of each table; the order of rows does not change from export to export. */
const TABLES: Readonly<Record<string, readonly [columns: string, query: string]>> = {
  relations: [
    "relation label inverse_label domain range max_per_head symmetric",
    `select key, label, inverse_label, to_json(domain), to_json(range), max_per_head, is_symmetric
       from relation order by key`,
  ],
  entities: [
    "entity name type aliases description attributes is_item merged_into",
    `select e.key, e.name, e.type, to_json(e.aliases), e.description, e.attributes, e.is_item, survivor.key
       from entity e left join entity survivor on survivor.id = e.merged_into order by e.key`,
  ],
  items: ["item name", "select key, name from entity where is_item order by key"],
  triples: [
    "head relation tail confidence rank qualifiers sources valid_from valid_to",
    `select h.key, r.key, t.key, x.confidence, x.rank, x.qualifiers, x.sources, x.valid_from, x.valid_to
       from triple x join entity h on h.id = x.head_id join relation r on r.id = x.relation_id
       join entity t on t.id = x.tail_id order by x.head_id, x.relation_id, x.tail_id`,
  ],
  interactions: [
    "user item value timestamp split kind",
    `select i.user_key, e.key, i.weight, ${SECONDS}, i.split, i.kind
       from interaction i join entity e on e.id = i.item_id order by i.id`,
  ],
};

/**
 * Exports to a folder of TSV tables, the layout that the import reads. Cells are in COPY's text format, and the
 * manifest says so. The folder is written beside its place and moved there when it is whole; only a folder that
 * holds an export is replaced.
 */
export const exportLayout: Exporter = async ({ client, to, revision, onBytes }) => {
  await assertReplaceable(to);
  const partial = `${to.replace(/\/+$/, "")}.partial-${process.pid}`;
  try {
    await mkdir(partial, { recursive: true });
    for (const [table, [columns, query]] of Object.entries(TABLES)) {
      const header = async function* () {
        yield `${columns.replaceAll(" ", "\t")}\n`;
      };
      await writeWhole(join(partial, `${table}.tsv`), [header, () => copyText(client, query)], (bytes) =>
        onBytes(table, bytes),
      );
    }
    const { format, version } = MANIFEST;
    await writeFile(
      join(partial, MANIFEST.file),
      `${JSON.stringify({ format, version, revision }, null, 2)}\n`,
    );
    await rm(to, { recursive: true, force: true });
    await rename(partial, to);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
  return [MANIFEST.file, ...Object.keys(TABLES).map((table) => `${table}.tsv`)];
};

async function assertReplaceable(to: string): Promise<void> {
  const names: readonly string[] = await readdir(to).catch(() => []);
  const known = new Set<string>([MANIFEST.file, ...Object.keys(TABLES).map((table) => `${table}.tsv`)]);
  const foreign = names.find((name) => !known.has(name));
  if (names.length === 0 || (names.includes(MANIFEST.file) && foreign === undefined)) return;
  throw new DomainError(
    "BAD_USER_INPUT",
    `${to} holds ${foreign ?? names[0]}; expected a new or empty folder, or one with an earlier export`,
  );
}
