import type { NewTriple, Problem, Source, TriplePatch } from "../types.ts";
import { checkKey, checkNumber, checkObject, checkText, checkTime, invalid } from "./checks.ts";

const RANKS = ["PREFERRED", "NORMAL", "DEPRECATED"];
const METHODS = ["CURATOR", "IMPORT", "EXTRACTION"];

/** The problems of a new triple that are seen without the graph. */
export function checkTriple(triple: NewTriple): Problem[] {
  return [
    ...checkKey(triple.head, "head"),
    ...checkKey(triple.relation, "relation"),
    ...checkKey(triple.tail, "tail"),
    ...checkStatement(triple),
  ];
}

/** The problems of what is said about a triple; what is absent has none. */
export function checkStatement(statement: TriplePatch): Problem[] {
  const { confidence, rank, qualifiers, sources, validFrom, validTo } = statement;
  const times = [
    ...(validFrom == null ? [] : checkTime(validFrom, "validFrom")),
    ...(validTo == null ? [] : checkTime(validTo, "validTo")),
  ];
  const upsideDown = times.length === 0 && validFrom != null && validTo != null && validTo < validFrom;
  return [
    ...(confidence == null ? [] : checkNumber(confidence, "confidence", { from: 0, to: 1 })),
    ...(rank == null || RANKS.includes(rank) ? [] : invalid("rank", rank, `one of ${RANKS.join(", ")}`)),
    ...(qualifiers == null ? [] : checkObject(qualifiers, "qualifiers")),
    ...(sources ?? []).flatMap((source, i) => checkSource(source, `sources.${i}`)),
    ...times,
    ...(upsideDown
      ? invalid("validTo", validTo.toISOString(), `a time from validFrom (${validFrom.toISOString()}) on`)
      : []),
  ];
}

function checkSource({ name, url, retrievedAt, method }: Source, path: string): Problem[] {
  return [
    ...checkText(name, `${path}.name`),
    ...(url == null ? [] : checkText(url, `${path}.url`)),
    ...(retrievedAt == null ? [] : checkTime(new Date(retrievedAt), `${path}.retrievedAt`)),
    ...(METHODS.includes(method) ? [] : invalid(`${path}.method`, method, `one of ${METHODS.join(", ")}`)),
  ];
}
