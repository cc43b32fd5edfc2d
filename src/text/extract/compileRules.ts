import type { Relation } from "../../kg/types.ts";
import { relationLexicon } from "../lexicon/relationLexicon.ts";
import type { RelationWords } from "../lexicon/types.ts";

/** Classes of names in a sentence that is masked for one relation: fit for its head, its tail, both, neither. */
export const FITS = { HEAD: "\ue000", TAIL: "\ue001", BOTH: "\ue002", NONE: "\ue003" } as const;

/** One way of saying a relation. */
export interface Rule {
  /** "passive", "active" …; what confidence is calibrated by. */
  readonly name: string;
  /** With the groups `head` and `tail`: one name, or a list. */
  readonly pattern: RegExp;
}

const CLASS = { head: `[${FITS.HEAD}${FITS.BOTH}]`, tail: `[${FITS.TAIL}${FITS.BOTH}]` };
const SEPARATOR = "(?: , and | , | and | as well as | along with |、|和|与|及|以及)";
const FILLER =
  "(?:(?:the|a|an|his|her|their|both|films?|movies?|pictures?|classic|\\d{4}|director|directors|filmmakers?|" +
  "novelist|actors?|actress(?:es)?|studios?|company|distributor|franchise|series) |电影|影片|影业|导演|演员|经典|公司)*";
const AUX = "(?: (?:is|was|are|were|be|been|being|has|had|have|all|both|also|originally|later|first|an?))*";
const AUX1 = "(?: (?:is|was|are|were|has|had|have|been|also))+(?: [a-z]+ly)?";
const ADVERB =
  "(?: (?:also|later|then|first|has|had|have|both|again|himself|herself|subsequently|famously))*";
const ANY = `(?: (?:[${Object.values(FITS).join("")}]|\\d{4}|films?|movies?|classic|debut|masterpiece)){0,3}`;
const GAP = 140; // characters
const MOST_LISTED = 30; // names of a list after the first; keeps matching linear

const compiled = new WeakMap<Relation, readonly Rule[]>();

/** Gives the rules of a relation, closest first; compiled once, as long as it stays as it is. */
export function compileRules(relation: Relation, own?: readonly RelationWords[]): readonly Rule[] {
  if (own && own.length > 0) return makeRules(relation, own);
  const rules = compiled.get(relation) ?? makeRules(relation, []);
  compiled.set(relation, rules);
  return rules;
}

function makeRules(relation: Relation, own: readonly RelationWords[]): Rule[] {
  const { passive, active, nouns, templates } = relationLexicon(relation, own);
  const rule = (name: string, template: string): Rule => ({ name, pattern: compileTemplate(template) });
  const P = anyOf(passive);
  const V = anyOf(active);
  const N = anyOf(nouns);
  return [
    ...(passive.length === 0
      ? []
      : [
          rule("passive aside", `{head} , [^,;]{1,140} ,${AUX1} ${P} {tail}`),
          rule("passive", `{head}(?: ,)?(?: (?:which|that|who))?${AUX} ${P}(?: :)? {tail}`),
          rule("passive", `{head} \\( ${P} {tail}`),
          rule("passive first", `^${P} {tail} , … {head}`),
          rule("passive far", `{head}…\\b${P} {tail}`),
        ]),
    ...(active.length === 0
      ? []
      : [
          rule("active aside", `{tail} , [^,;]{1,140} ,${ADVERB} ${V} {head}`),
          rule("active", `{tail}(?: ,)?(?: (?:who|which|that))?${ADVERB} ${V} {head}`),
          rule(
            "active",
            `{head}(?: ,)?(?: (?:which|that|whom))? {tail}${ADVERB} ${V}(?= [,;:]| and| in| for|$)`,
          ),
          rule("active far", `{tail}…\\b${V}(?: [^ ,;]+){0,6}? {head}`),
        ]),
    ...(nouns.length === 0
      ? []
      : [
          rule("noun", `\\b${N} of {head}(?: ,)?(?: (?:is|was))? {tail}`),
          rule("noun", `{head} s(?: [a-z]+)? ${N}(?: ,)?(?: (?:is|was))? {tail}`),
          rule("noun", `{tail}(?: ,)?(?: (?:is|was))?(?: (?:the|a))? ${N} of {head}`),
          rule("noun", `\\b${N} {tail} s {head}`),
        ]),
    ...templates.map((template) =>
      rule(template.startsWith("{tail} s") ? "possessive" : "template", template),
    ),
  ];
}

/** Makes the regular expression of a template: `{head}` and `{tail}` are lists of names, `…` some words, `{any}` a few names. */
export function compileTemplate(template: string): RegExp {
  const firstSlot = /\{(head|tail)\}/.exec(template)?.[1] as "head" | "tail";
  const gap = `[^;；${CLASS[firstSlot].slice(1, -1)}]{0,${GAP}}?`;
  const source = template
    .replaceAll(" …", "…")
    .replaceAll("… ", "…")
    .replaceAll("…", gap)
    .replaceAll("{any}", ANY)
    .replace(/\{(head|tail)\}/g, (_, slot: "head" | "tail", at: number) => {
      const list = `(?<${slot}>${CLASS[slot]}(?:${SEPARATOR}${CLASS[slot]}){0,${MOST_LISTED}})`;
      return `${at === 0 ? "" : FILLER}${list}(?: \\( [^()]{0,40} \\)|（[^（）]{0,20}）)?`;
    });
  return new RegExp(source, "dgu");
}

function anyOf(phrases: readonly string[]): string {
  const longestFirst = [...phrases].sort((a, b) => b.length - a.length);
  return `(?:${longestFirst.map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`;
}
