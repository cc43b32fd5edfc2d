import { typeNoun } from "../lexicon/typeWords.ts";
import type { Chain, FormStep, LogicalForm } from "./types.ts";

/** How a question was taken, besides its logical form. */
export interface Telling {
  readonly isCount: boolean;
  readonly isOther: boolean;
}

/** Tells in words what a logical form asks for: "films directed by the one who directed Alien". */
export function tellForm({ chains, last }: LogicalForm, { isCount, isOther }: Telling): string {
  const final = last ?? chains[0].steps.at(-1);
  const said = last
    ? tellStep(last, `a ${nounOf(chains[0].steps.at(-1)?.to ?? null, false)} ${tellAll(chains)}`)
    : tellAll(chains);
  const other = isOther ? `, other than ${chains.map(({ anchor }) => anchor.name).join(" and ")}` : "";
  return smooth(`${isCount ? "the number of " : ""}${tellGoal(final, isCount)} ${said}${other}`);
}

/** Takes out what labels say twice. */
function smooth(told: string): string {
  return told
    .replace(/\b(the|a) (?:the|an?) /g, "$1 ")
    .replace(/^each one who /, "whoever ")
    .replace(/\b(?:each|the) ([a-z ]+) that is the \1 of /g, "the $1 of ");
}

function tellAll(chains: readonly Chain[]): string {
  return chains.map(tellChain).join(" and ");
}

/** What a chain says of what it leads to: "directed by Ridley Scott". */
function tellChain({ anchor, steps }: Chain): string {
  let said = anchor.name;
  steps.forEach((step, at) => {
    const told = tellStep(step, said);
    said = at === steps.length - 1 ? told : `${innerOf(step)} ${told}`;
  });
  return said;
}

function tellStep({ relation, direction, to }: FormStep, object: string): string {
  if (direction === "IN") return `${relation.label} ${object}`;
  const that = to === "person" ? "who" : "that";
  return relation.inverseLabel
    ? `${that} ${relation.inverseLabel} ${object}`
    : `${that} ${object} is ${relation.label}`;
}

/** Heads are many of a kind; of tails there often is one. */
function tellGoal(step: FormStep | undefined, isCount: boolean): string {
  const type = step?.to ?? null;
  if (isCount || step?.direction === "IN") return nounOf(type, true);
  return type === null ? "all" : type === "person" ? "each one" : `each ${nounOf(type, false)}`;
}

function innerOf({ to, direction }: FormStep): string {
  if (to === null || to === "person") return "the one";
  return `${direction === "IN" ? "a" : "the"} ${nounOf(to, false)}`;
}

function nounOf(type: string | null, many: boolean): string {
  if (type === null) return many ? "all" : "thing";
  return typeNoun(type, many);
}
