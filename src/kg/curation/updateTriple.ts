import { isDeepStrictEqual } from "node:util";
import type { Database } from "../database.ts";
import { findTriplesByIds } from "../queries/findTriplesByIds.ts";
import { isBigint } from "../queries/values.ts";
import { findAdditionBreaches, findRemovalBreaches } from "../shapes/findTripleBreaches.ts";
import { readTriple, TRIPLE_COLUMNS } from "../tables/triple.ts";
import type { EditOptions, EditResult, Problem, Queryable, Triple, TripleId, TriplePatch } from "../types.ts";
import { reviveTriple } from "./addTriple.ts";
import { checkRevision } from "./checkRevision.ts";
import { invalid } from "./checks.ts";
import { checkStatement } from "./checkTriple.ts";
import { checkCardinality, findEnds } from "./findFit.ts";
import { marked } from "./marked.ts";
import { patchColumn, plain } from "./mergePatch.ts";
import { unknownTriple } from "./retractTriple.ts";
import { runEdit, type Written } from "./runEdit.ts";
import { judge, shapeProblems } from "./shapeProblems.ts";

const UPDATE = `
  update triple t set confidence = $2, rank = $3, qualifiers = $4::jsonb, sources = $5::jsonb, valid_from = $6,
         valid_to = $7, revision = t.revision + 1
   where t.id = $1 returning ${TRIPLE_COLUMNS}`;

/** Alters what is said about a triple; its ends and its relation stay: another statement is another triple. */
export function updateTriple(
  db: Database,
  { id, patch }: { readonly id: TripleId; readonly patch: TriplePatch },
  options: EditOptions,
): Promise<EditResult<Triple>> {
  return runEdit(db, options, {
    kind: "update_triple",
    brief: true,
    input: { id, patch: marked(patch) },
    check: () => (isBigint(id) ? checkPatch(patch) : unknownTriple(id)),
    revive: reviveTriple,
    write: (tx) => writeTriplePatch(tx, { id, patch }, options),
  });
}

/** Alters a triple in an open change, or gives the problems why not. */
export async function writeTriplePatch(
  tx: Queryable,
  { id, patch }: { readonly id: TripleId; readonly patch: TriplePatch },
  options: EditOptions,
): Promise<Written<Triple>> {
  const triple = (await findTriplesByIds(tx, [id])).get(id);
  if (!triple) return { problems: unknownTriple(id) };
  const after = applyPatch(triple, patch);
  const problems = [...checkRevision(`the triple ${id}`, triple, options), ...checkTimes(after)];
  return problems.length > 0 ? { problems } : update(tx, triple, after);
}

async function update(tx: Queryable, before: Triple, after: Triple): Promise<Written<Triple>> {
  if (isDeepStrictEqual(before, after)) return { value: before, unchanged: true };
  if (!isLive(before) && isLive(after)) {
    const problems = await checkCardinality(tx, await findEnds(tx, after));
    if (problems.length > 0) return { problems };
  }
  const [row] = await tx.query<Triple>(UPDATE, [
    ...[after.id, after.confidence, after.rank],
    ...[JSON.stringify(after.qualifiers), JSON.stringify(after.sources), after.validFrom, after.validTo],
  ]);
  if (isLive(before) === isLive(after)) return { value: readTriple(row) };
  const breaches = isLive(after)
    ? await findAdditionBreaches(tx, after)
    : await findRemovalBreaches(tx, [before]);
  return judge(readTriple(row), shapeProblems(breaches));
}

function isLive({ rank }: Triple): boolean {
  return rank !== "DEPRECATED";
}

function checkPatch(patch: TriplePatch): Problem[] {
  const needed = (["confidence", "rank"] as const).flatMap((name) =>
    patch[name] === null ? invalid(name, null, "a value, or no such field") : [],
  );
  return [...needed, ...checkStatement(patch)];
}

function checkTimes({ validFrom, validTo }: Triple): Problem[] {
  if (!validFrom || !validTo || validTo >= validFrom) return [];
  return invalid("validTo", validTo.toISOString(), `a time from validFrom (${validFrom.toISOString()}) on`);
}

function applyPatch(triple: Triple, patch: TriplePatch): Triple {
  const { confidence, rank, qualifiers, sources, validFrom, validTo } = patch;
  return {
    ...triple,
    confidence:
      confidence == null || equalReals(confidence, triple.confidence) ? triple.confidence : confidence,
    rank: rank ?? triple.rank,
    qualifiers: patchColumn(triple.qualifiers, qualifiers),
    sources: sources === undefined ? triple.sources : plain(sources ?? []),
    validFrom: validFrom === undefined ? triple.validFrom : validFrom,
    validTo: validTo === undefined ? triple.validTo : validTo,
  };
}

/** Postgres keeps a confidence in 4 bytes and gives it back in its shortest form. */
function equalReals(a: number, b: number): boolean {
  return Math.fround(a) === Math.fround(b);
}
