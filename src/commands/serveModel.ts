import { DomainError } from "../errors.ts";
import type { Database } from "../kg/database.ts";
import type { Activation, ModelRecord, ProblemCode } from "../kg/types.ts";
import { changeActive } from "../models/changeActive.ts";
import { checkModel } from "../models/checkModel.ts";

const CODES: { readonly [code in ProblemCode]?: DomainError["code"] } = {
  UNKNOWN_MODEL: "NOT_FOUND",
  UNUSABLE_MODEL: "CONFIGURATION",
  ACTIVE_MODEL_CHANGED: "CONFLICT",
};

/**
 * Makes a model serve from the command line; running servers change over by themselves.
 * @throws {DomainError} with the reason
 */
export async function serveModel(db: Database, activation: Activation, actor: string): Promise<ModelRecord> {
  const prove = (stored: Parameters<typeof checkModel>[1]) => checkModel(db, stored);
  const { value, problems } = await changeActive(db, { activation, options: { actor }, prove });
  if (value) return value;
  const [{ code, message }] = problems;
  throw new DomainError(CODES[code] ?? "BAD_USER_INPUT", message);
}
