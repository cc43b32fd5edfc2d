import { findGraphRevision } from "../../curation/graphRevision.ts";
import type { Database } from "../../database.ts";
import type { Queryable } from "../../types.ts";
import { type DriftReport, findDrift } from "./findDrift.ts";
import { readLoggedChanges, readLoggedRows } from "./readLog.ts";
import { type ChainReport, verifyChain } from "./verifyChain.ts";

const DRIFT_SHOWN = 10; // of each table

/** What an audit of the log found. */
export interface LogReport extends ChainReport {
  readonly drift: DriftReport;
}

/**
 * Audits the change log as of one moment: every hash is computed anew from what is stored, and the graph is compared
 * with what the log says. Reads it all once, in constant memory.
 */
export function auditLog(db: Database): Promise<LogReport> {
  return db.withClient(async (client) => {
    await client.query("begin isolation level repeatable read read only");
    try {
      const tx: Queryable = {
        query: async <T>(sql: string, parameters: readonly unknown[] = []) =>
          (await client.query(sql, parameters as unknown[])).rows as T[],
      };
      const revision = await findGraphRevision(tx);
      const chain = await verifyChain({
        changes: readLoggedChanges(client),
        rows: readLoggedRows(client),
        revision,
      });
      return { ...chain, drift: await findDrift(tx, DRIFT_SHOWN) };
    } finally {
      await client.query("rollback");
    }
  });
}
