import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { DomainError } from "../../errors.ts";
import { type Dataset, type InteractionColumns, SPLIT } from "../../ranker/evaluate/types.ts";
import { Dictionary } from "./Dictionary.ts";
import { Growing } from "./Growing.ts";
import { readGraph } from "./readGraph.ts";
import { findTable, type Place, readTable } from "./readTable.ts";

/**
 * Reads a data folder (items, interactions, and where they are there entities and triples, as .tsv or
 * .tsv.gz) into compact arrays; the order of the rows is kept. An interaction with an item that the items
 * file does not list adds that item to the catalogue.
 * @throws DomainError BAD_USER_INPUT naming the folder, file, line and value that is at fault.
 */
export async function readDataset(folder: string): Promise<Dataset> {
  const [itemsFile, interactionsFile] = await findRequired(folder);
  const items = new Dictionary();
  await readTable(itemsFile, { required: ["item"] }, ([key]) => void items.add(key));
  const users = new Dictionary();
  const interactions = await readInteractions(interactionsFile, users, items);
  if (interactions.user.length === 0) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `${interactionsFile} has no rows; expected at least one interaction`,
    );
  }
  const graph = await readGraph(folder, items.keys);
  return {
    name: basename(resolve(folder)),
    userKeys: users.keys,
    itemKeys: items.keys,
    interactions,
    graph,
    itemIndexToEntity: Int32Array.from(items.keys, (_, index) =>
      graph ? graph.indexOf(`${index + 1}`) : -1,
    ),
  };
}

async function findRequired(folder: string): Promise<string[]> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `"${folder}" is not a folder; expected a data folder with items.tsv(.gz)`,
    );
  }
  return Promise.all(
    ["items", "interactions"].map(async (name) => {
      const file = await findTable(folder, name);
      if (file !== null) return file;
      throw new DomainError(
        "BAD_USER_INPUT",
        `"${folder}" has no ${name}.tsv; expected ${join(folder, `${name}.tsv`)} or ${name}.tsv.gz`,
      );
    }),
  );
}

async function readInteractions(
  file: string,
  users: Dictionary,
  items: Dictionary,
): Promise<InteractionColumns> {
  const user = new Growing((length) => new Int32Array(length));
  const item = new Growing((length) => new Int32Array(length));
  const value = new Growing((length) => new Float32Array(length));
  const time = new Growing((length) => new Float64Array(length));
  const split = new Growing((length) => new Uint8Array(length));
  const columns = { required: ["user", "item"], optional: ["value", "timestamp", "split"] };
  await readTable(file, columns, ([userKey, itemKey, valueText, timeText, splitText], place) => {
    if (userKey === "" || itemKey === "") {
      throw new DomainError(
        "BAD_USER_INPUT",
        `${place.file}:${place.line} has the user "${userKey}" and the item "${itemKey}"; expected both`,
      );
    }
    user.push(users.add(userKey));
    item.push(items.add(itemKey));
    value.push(valueText === "" ? 1 : readNumber(valueText, "value", place));
    time.push(timeText === "" ? Number.NaN : readTime(timeText, place));
    split.push(readSplit(splitText, place));
  });
  return {
    user: user.finish(),
    item: item.finish(),
    value: value.finish(),
    time: time.finish(),
    split: split.finish(),
  };
}

function readNumber(text: string, column: string, { file, line }: Place): number {
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw new DomainError("BAD_USER_INPUT", `${file}:${line} has the ${column} "${text}"; expected a number`);
}

/** A number as it stands, or an ISO 8601 date as seconds. */
function readTime(text: string, { file, line }: Place): number {
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  const parsed = Date.parse(text);
  if (!Number.isNaN(parsed)) return parsed / 1000;
  throw new DomainError(
    "BAD_USER_INPUT",
    `${file}:${line} has the timestamp "${text}"; expected seconds or an ISO 8601 date`,
  );
}

function readSplit(text: string, { file, line }: Place): number {
  if (text === "") return SPLIT.none;
  if (text === "train" || text === "valid" || text === "test") return SPLIT[text];
  throw new DomainError(
    "BAD_USER_INPUT",
    `${file}:${line} has the split "${text}"; expected train, valid or test`,
  );
}
