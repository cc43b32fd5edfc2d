import type { ChangeDiff } from "../kg/types.ts";
import { globalId } from "../schema/globalId.ts";

const SUBJECTS = {
  entity: { subject: "ENTITY", node: "Entity" },
  relation: { subject: "RELATION", node: "Relation" },
  triple: { subject: "TRIPLE", node: "Triple" },
} as const;

/** Gives a diff its GraphQL shape: values as JSON text, and the global id of what it is about. */
export function tellDiff({ subject, id, fields, ...diff }: ChangeDiff) {
  const known = SUBJECTS[subject];
  return {
    ...diff,
    subject: known?.subject ?? "OTHER",
    id: known ? globalId(known.node, id) : null,
    fields: fields.map(({ name, before, after }) => ({ name, before: toJson(before), after: toJson(after) })),
  };
}

function toJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
