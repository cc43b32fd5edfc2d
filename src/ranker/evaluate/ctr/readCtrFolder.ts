import { createReadStream, existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { DomainError } from "../../../errors.ts";
import type { CtrData } from "./types.ts";

/**
 * Reads a folder of the RippleNet/KGCN line: `ratings_final` (user, item, label) and `kg` (head, relation,
 * tail), each as .txt or .txt.gz without a header, separated by tabs. An item of the ratings is the entity of
 * the same number (`item_index2entity_id` has led there from the raw data and is not needed again). Indices
 * are made dense: items in the order of the ratings, the other entities after them; a repeated triple counts
 * once.
 * @throws DomainError BAD_USER_INPUT naming the file, line and value at fault.
 */
export async function readCtrFolder(folder: string): Promise<CtrData> {
  const users = new Map<string, number>();
  const items = new Map<string, number>();
  const rows = { user: [] as number[], item: [] as number[], label: [] as number[] };
  await readLines(findFile(folder, "ratings_final"), ([user, item, label], place) => {
    if (label !== "0" && label !== "1")
      throw new DomainError("BAD_USER_INPUT", `${place} has the label "${label}"; expected 0 or 1`);
    rows.user.push(indexOf(users, user));
    rows.item.push(indexOf(items, item));
    rows.label.push(Number(label));
  });
  const entities = new Map(items);
  const relations = new Map<string, number>();
  const triples = { head: [] as number[], relation: [] as number[], tail: [] as number[] };
  const seen = new Set<string>();
  await readLines(findFile(folder, "kg"), ([head, relation, tail]) => {
    const key = `${head}\t${relation}\t${tail}`;
    if (seen.has(key)) return;
    seen.add(key);
    triples.head.push(indexOf(entities, head));
    triples.relation.push(indexOf(relations, relation));
    triples.tail.push(indexOf(entities, tail));
  });
  return {
    name: basename(resolve(folder)),
    ...{ users: users.size, items: items.size, entities: entities.size },
    relationKeys: [...relations.keys()],
    rows: {
      user: Int32Array.from(rows.user),
      item: Int32Array.from(rows.item),
      label: Uint8Array.from(rows.label),
    },
    triples: {
      head: Int32Array.from(triples.head),
      relation: Int32Array.from(triples.relation),
      tail: Int32Array.from(triples.tail),
    },
  };
}

function indexOf(known: Map<string, number>, key: string): number {
  const found = known.get(key);
  if (found !== undefined) return found;
  known.set(key, known.size);
  return known.size - 1;
}

function findFile(folder: string, name: string): string {
  for (const ending of [".txt", ".txt.gz"]) {
    const file = join(folder, name + ending);
    if (existsSync(file)) return file;
  }
  throw new DomainError(
    "BAD_USER_INPUT",
    `"${folder}" has no ${name}.txt; expected ${join(folder, `${name}.txt`)} or ${name}.txt.gz`,
  );
}

async function readLines(
  file: string,
  take: (fields: readonly string[], place: string) => void,
): Promise<void> {
  const bytes = createReadStream(file);
  const text = file.endsWith(".gz") ? bytes.pipe(createGunzip()) : bytes;
  let line = 0;
  for await (const content of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (content === "") continue;
    const fields = content.split("\t");
    if (fields.length !== 3) {
      throw new DomainError(
        "BAD_USER_INPUT",
        `${file}:${line} has ${fields.length} fields; expected 3, separated by tabs`,
      );
    }
    take(fields, `${file}:${line}`);
  }
}
