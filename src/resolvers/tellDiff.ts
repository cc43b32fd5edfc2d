import type { ChangeDiff } from "../kg/types.ts";
import { globalId, type NodeType } from "../schema/globalId.ts";

/** What a diff may be about, and its type where it has a global id. */
const SUBJECTS: Readonly<Record<string, { readonly subject: string; readonly node?: NodeType }>> = {
  entity: { subject: "ENTITY", node: "Entity" },
  relation: { subject: "RELATION", node: "Relation" },
  triple: { subject: "TRIPLE", node: "Triple" },
  shape: { subject: "SHAPE" },
};

/** Gives a diff its GraphQL shape: values as JSON text, and the global id of what it is about. */
export function tellDiff({ subject, id, fields, ...diff }: ChangeDiff) {
  const known = SUBJECTS[subject];
  return {
    ...diff,
    subject: known?.subject ?? "OTHER",
    id: known?.node ? globalId(known.node, id) : null,
    fields: fields.map(({ name, before, after }) => ({ name, before: toJson(before), after: toJson(after) })),
  };
}

function toJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
