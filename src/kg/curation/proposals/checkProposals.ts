import type { NewProposals, Problem, ProposedTriple, TextSpan } from "../../types.ts";
import { checkEntity } from "../checkEntity.ts";
import { checkText, invalid } from "../checks.ts";
import { checkTriple } from "../checkTriple.ts";
import { problem, shown } from "../problem.ts";

/** The most decisions of one review, and ids of one withdrawal. */
export const MOST_PROPOSALS = 100;
/** The most triples of one call: a long text states hundreds. */
const MOST_TRIPLES = 1_000;
const LONGEST_QUOTE = 10_000;

/** The problems of proposals that are seen without the graph; paths lead to the faulty field. */
export function checkProposals({ triples, entities }: NewProposals): Problem[] {
  if (triples.length === 0 || triples.length > MOST_TRIPLES) {
    return invalid("triples", triples, `1 to ${MOST_TRIPLES} triples`);
  }
  if ((entities ?? []).length > 2 * MOST_TRIPLES) {
    return invalid("entities", entities, `at most ${2 * MOST_TRIPLES} entities`);
  }
  return [
    ...triples.flatMap((triple, i) => under(`triples.${i}`, checkProposed(triple))),
    ...(entities ?? []).flatMap((entity, i) => under(`entities.${i}`, checkEntity(entity))),
    ...checkDistinct((entities ?? []).map(({ key }) => key)),
  ];
}

/** The same problems, their paths under `path`. */
export function under(path: string, problems: readonly Problem[]): Problem[] {
  return problems.map((found) => ({ ...found, path: [...path.split("."), ...(found.path ?? [])] }));
}

function checkProposed(triple: ProposedTriple): Problem[] {
  return [...checkTriple(triple), ...(triple.span == null ? [] : checkSpan(triple.span))];
}

function checkSpan({ start, end, quote }: TextSpan): Problem[] {
  const faults = checkText(quote, "span.quote", LONGEST_QUOTE);
  if (Number.isInteger(start) && start >= 0 && end - start === quote.length) return faults;
  const expected = `as many characters as the quote (${quote.length}), from 0 on`;
  return [...faults, ...invalid("span", `${start} to ${end}`, expected)];
}

function checkDistinct(keys: readonly string[]): Problem[] {
  return keys.flatMap((key, i) =>
    keys.indexOf(key) === i
      ? []
      : [problem("KEY_TAKEN", `entities.${i}.key`, `${shown(key)} comes twice; expected distinct keys`)],
  );
}
