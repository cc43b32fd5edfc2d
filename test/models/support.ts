import type { Database } from "../../src/kg/database.ts";
import { loadModel } from "../../src/kg/models/loadModel.ts";
import { type NewModel, storeModel } from "../../src/kg/models/storeModel.ts";
import type { Model } from "../../src/ranker/model.ts";
import { digestOf, packModel, unpackModel } from "../../src/ranker/weights.ts";

/** Stores a copy of a model, changed as the test wants, and gives its id. */
export async function storeCopy(
  db: Database,
  id: string,
  change: (stored: NewModel) => Partial<NewModel>,
): Promise<string> {
  const stored = await loadModel(db, id);
  const { id: _, createdAt: __, ...known } = stored!.record;
  const model = { ...known, artifact: stored!.artifact };
  return (await storeModel(db, { ...model, ...change(model) })).id;
}

/** Stores a copy whose bytes are others, under the digest that they have. */
export function storeBytes(db: Database, id: string, change: (bytes: Buffer) => Buffer): Promise<string> {
  return storeCopy(db, id, ({ artifact }) => {
    const changed = change(Buffer.from(artifact));
    return { artifact: changed, digest: digestOf(changed) };
  });
}

/** Stores a copy whose weights or statistics are others. */
export function storeChanged(db: Database, id: string, change: (model: Model) => Model): Promise<string> {
  return storeBytes(db, id, (bytes) => packModel(change(unpackModel(bytes))));
}
