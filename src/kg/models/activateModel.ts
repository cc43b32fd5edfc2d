import { DomainError } from "../../errors.ts";
import type { Queryable } from "../types.ts";
import { findActivation } from "./findActivation.ts";

// Readers of active_model go on; only activations wait for one another.
const LOCK = "lock table active_model in exclusive mode";
const SERVE = `
  insert into active_model (model_id) select id from model where id = $1
  on conflict (singleton) do update set model_id = excluded.model_id, activated_at = clock_timestamp()
  returning model_id`;
const LOG = `
  insert into model_activation (model_id, before_id, actor, reason) values ($1, $2, $3, $4)`;

/** Who makes a model serve, and why. */
export interface ActivationOptions {
  readonly actor: string;
  readonly reason?: string | null;
  /** The model must be the one that served before; a second return then leads to the one before that. */
  readonly back?: boolean;
  /** The model that must serve now. */
  readonly expectedActive?: string | null;
}

/**
 * Makes a stored model the one that serves; every process hears of it through the channel "whygraph". Needs
 * a transaction. Gives false where it serves already.
 * @throws {DomainError} NOT_FOUND where there is no such model, CONFLICT where `back` leads to another one by now, or
 * another than `expectedActive` serves
 */
export async function activateModel(
  tx: Queryable,
  id: string,
  { actor, reason = null, back = false, expectedActive }: ActivationOptions,
): Promise<boolean> {
  await tx.query(LOCK);
  const { active, before } = await findActivation(tx);
  if (expectedActive != null && active?.modelId !== expectedActive) {
    const now = active ? `model ${active.modelId} serves` : "no model serves";
    throw new DomainError("CONFLICT", `${now}; expected model ${expectedActive}`);
  }
  if (back && before?.modelId !== id) {
    throw new DomainError(
      "CONFLICT",
      `model ${id} is not the one that served before model ${active?.modelId}`,
    );
  }
  if (active?.modelId === id) return false;
  const rows = await tx.query(SERVE, [id]);
  if (rows.length === 0) {
    throw new DomainError("NOT_FOUND", `no model ${id}; expected the id of a stored model`);
  }
  await tx.query(LOG, [id, back ? before?.beforeId : active?.id, actor, reason]);
  return true;
}
