import type { Database } from "../database.ts";
import { findAdditionBreaches } from "../shapes/findTripleBreaches.ts";
import { readTriple, TRIPLE_COLUMNS } from "../tables/triple.ts";
import type { EditOptions, EditResult, NewTriple, Queryable, Source, Triple } from "../types.ts";
import { checkTriple } from "./checkTriple.ts";
import { checkNewness } from "./createEntity.ts";
import { findFit, type TripleEnds } from "./findFit.ts";
import { runEdit, type Written } from "./runEdit.ts";
import { judge, shapeProblems } from "./shapeProblems.ts";

const INSERT = `
  insert into triple as t (head_id, relation_id, tail_id, confidence, rank, qualifiers, sources, valid_from, valid_to)
  values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9) returning ${TRIPLE_COLUMNS}`;

/**
 * Adds a triple between two known entities. The relation decides whether it fits: domain, range, most per head;
 * of a symmetric relation one direction is stored. Without a source the curator is the source.
 */
export function addTriple(db: Database, input: NewTriple, options: EditOptions): Promise<EditResult<Triple>> {
  return runEdit(db, options, {
    kind: "add_triple",
    brief: true,
    input,
    check: () => [...checkTriple(input), ...checkNewness(options)],
    revive: reviveTriple,
    write: (tx) => writeTriple(tx, input, options.actor),
  });
}

/** Writes a triple into an open change, or gives the problems why it does not fit. */
export async function writeTriple(tx: Queryable, input: NewTriple, actor: string): Promise<Written<Triple>> {
  const fit = await findFit(tx, input);
  if ("problems" in fit) return fit;
  const triple = await insert(tx, fit, { input, actor });
  if (triple.rank === "DEPRECATED") return { value: triple };
  return judge(triple, shapeProblems(await findAdditionBreaches(tx, triple)));
}

async function insert(
  db: Queryable,
  { head, relation, tail }: TripleEnds,
  { input, actor }: { readonly input: NewTriple; readonly actor: string },
): Promise<Triple> {
  const sources: readonly Source[] = input.sources?.length
    ? input.sources
    : [{ name: actor, method: "CURATOR" }];
  const [row] = await db.query<Triple>(INSERT, [
    head.id,
    relation.id,
    tail.id,
    Math.fround(input.confidence ?? 1),
    input.rank ?? "NORMAL",
    JSON.stringify(input.qualifiers ?? {}),
    JSON.stringify(sources),
    input.validFrom ?? null,
    input.validTo ?? null,
  ]);
  return readTriple(row);
}

/** Makes a triple again out of its JSON, where times are text. */
export function reviveTriple(json: Triple): Triple {
  return {
    ...json,
    validFrom: json.validFrom && new Date(json.validFrom),
    validTo: json.validTo && new Date(json.validTo),
  };
}
