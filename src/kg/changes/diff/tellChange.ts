import type { ChangeAction, ChangeSubject, NetRow, Revision } from "../../types.ts";
import { type Names, nameRow } from "../findNames.ts";
import { diffFields } from "./diffFields.ts";

/** The rows of one kind to which a change did the same: the first ones, and how many there are. */
export interface Group {
  readonly subject: ChangeSubject;
  readonly action: ChangeAction;
  readonly count: number;
  readonly rows: readonly NetRow[];
  /** Of a merge: triples that got another end. */
  readonly moved: number;
}

/** What a change says of itself. */
export interface Told {
  readonly kind: string;
  readonly actor: string;
  readonly reverts: Revision | null;
  readonly revertedKind: string | null;
  readonly revertedActor: string | null;
}

const PLURAL: Readonly<Record<string, string>> = {
  entity: "entities",
  relation: "relations",
  triple: "triples",
};
const VERBS: Readonly<Record<ChangeAction, string>> = {
  ADDED: "added",
  CHANGED: "changed",
  REMOVED: "removed",
};
/** Kinds of change that have a verb of their own. */
const OWN_VERBS: Readonly<Record<string, Partial<Record<ChangeAction, string>>>> = {
  create_entity: { ADDED: "created" },
  delete_entity: { REMOVED: "deleted" },
  retract_triple: { REMOVED: "retracted" },
  define_relation: { ADDED: "defined" },
  import: { ADDED: "imported" },
};

/** Tells a change in one English sentence: "Anna merged Alien (1979) into Alien: 12 triples moved". */
export function tellChange(change: Told, groups: readonly Group[], names: Names): string {
  const { kind, actor, reverts } = change;
  if (kind === "merge_entities") {
    const merge = tellMerge(groups, names);
    if (merge) return `${actor} ${merge}`;
  }
  const parts = tellGroups(kind, groups, names);
  const what = parts.length > 0 ? parts.join("; ") : "changed nothing";
  if (reverts === null) return `${actor} ${what}`;
  return `${actor} reverted change ${reverts} (${change.revertedKind} by ${change.revertedActor}): ${what}`;
}

function tellGroups(kind: string, groups: readonly Group[], names: Names): string[] {
  const parts: string[] = [];
  for (const action of ["ADDED", "CHANGED", "REMOVED"] as const) {
    const own = groups.filter((group) => group.action === action);
    if (own.length === 0) continue;
    parts.push(
      `${OWN_VERBS[kind]?.[action] ?? VERBS[action]} ${list(own.map((group) => tellRows(group, names)))}`,
    );
  }
  return parts;
}

/** One row by its name, with the fields that changed; more by their number. */
function tellRows({ subject, action, count, rows }: Group, names: Names): string {
  if (count > 1) return counted(count, subject);
  const [row] = rows;
  const label = nameRow({ ...row, image: row.before ?? row.after }, names);
  const named = subject === "relation" ? `the relation ${label}` : label;
  if (action !== "CHANGED") return named;
  const fields = diffFields(row, names).map(({ name }) => name);
  return fields.length > 0 ? `${list(fields)} of ${named}` : named;
}

function tellMerge(groups: readonly Group[], names: Names): string | null {
  const entities = groups.find(({ subject, action }) => subject === "entity" && action === "CHANGED");
  const merged = entities?.rows.find(({ after }) => after?.merged_into != null);
  if (!entities || !merged) return null;
  const others = entities.count - 2; // the survivor changes too
  const name = nameRow({ ...merged, image: merged.after }, names);
  const from = others > 0 ? `${name} and ${counted(others, "other entity")}` : name;
  const into = names.entities.get(String(merged.after!.merged_into)) ?? "another entity";
  const moved =
    groups.find(({ subject, action }) => subject === "triple" && action === "CHANGED")?.moved ?? 0;
  const gone = groups.find(({ subject, action }) => subject === "triple" && action === "REMOVED")?.count ?? 0;
  const effects = [
    ...(moved > 0 ? [`${counted(moved, "triple")} moved`] : []),
    ...(gone > 0 ? [`${counted(gone, "triple")} combined`] : []),
  ];
  return `merged ${from} into ${into}${effects.length > 0 ? `: ${effects.join(", ")}` : ""}`;
}

function counted(count: number, subject: string): string {
  const plural = PLURAL[subject] ?? (subject === "other entity" ? "other entities" : `${subject}s`);
  return `${count.toLocaleString("en-GB")} ${count === 1 ? subject : plural}`;
}

function list(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
