import type { LogReport } from "../../kg/changes/chain/auditLog.ts";

/** Prints an audit of the change log as text. */
export function printLogAudit({ changes, rows, head, broken, drift }: LogReport): string {
  const lines = [`${changes} changes, ${rows} rows`];
  if (broken) lines.push(`broken at change ${broken.revision} (${broken.kind}): ${broken.message}`);
  else if (head) lines.push(`every hash fits; newest: ${head.revision} ${head.hash}`);
  if (drift.count === 0) lines.push("the graph is what the log says");
  else lines.push(`${drift.count} rows of the graph are not what the log says:`);
  for (const { subject, id, kind, fields } of drift.rows) {
    lines.push(`  ${subject} ${id} ${EXPLAINED[kind]}${fields.length > 0 ? `: ${fields.join(", ")}` : ""}`);
  }
  return lines.join("\n");
}

const EXPLAINED = {
  MISSING: "is in the log and not in the graph",
  UNLOGGED: "is in the graph and not in the log",
  DIFFERENT: "differs",
} as const;
