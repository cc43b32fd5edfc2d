import type { Database } from "../kg/database.ts";
import { findModelByDigest } from "../kg/models/findModels.ts";
import { storeModel } from "../kg/models/storeModel.ts";
import type { ModelRecord } from "../kg/types.ts";
import { checkModel } from "./checkModel.ts";
import { readModelFile } from "./modelFile.ts";

/**
 * Stores the model of an exported file, once it has proven that it can rank this graph; the same file again
 * gives the model of the first time. It does not serve yet.
 * @throws {DomainError} CONFIGURATION with the reason
 */
export async function importModel(db: Database, bytes: Buffer): Promise<ModelRecord> {
  const { artifact, ...known } = readModelFile(bytes);
  await checkModel(db, { record: { ...known, id: "", createdAt: new Date() }, artifact });
  const stored = await findModelByDigest(db, known.digest, known.configDigest);
  return stored ?? storeModel(db, { ...known, artifact });
}
