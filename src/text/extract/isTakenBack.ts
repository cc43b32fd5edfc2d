import { LOCAL_HEDGE, RUMOUR } from "../lexicon/hedges.ts";

const CLAUSE = /(?: but |，但|，而| while | whereas | although | though |;|；)/gu;

/**
 * Tells whether a statement at `start`…`end` of a masked sentence is denied, wished, offered or a rumour. What
 * another clause says, before a comma, counts only where it is about all that follows, as a rumour.
 */
export function isTakenBack(sentence: string, start: number, end: number): boolean {
  let clause = 0;
  for (const match of sentence.slice(0, start).matchAll(CLAUSE)) clause = match.index + match[0].length;
  const before = sentence.slice(clause, start);
  const statement = sentence.slice(start, end).replace(/ , [^,;]+ ,/g, " "); // "Alien, unlike Aliens, was …"
  if (RUMOUR.test(before) || RUMOUR.test(statement)) return true;
  const comma = Math.max(before.lastIndexOf(","), before.lastIndexOf("，"));
  const local = /\bthat[^,]*$/.test(before) ? before : before.slice(comma + 1);
  const after = /^(?: ,)? (?:or so|only in|in name only|instead$)/.test(sentence.slice(end));
  return LOCAL_HEDGE.test(local) || LOCAL_HEDGE.test(statement) || after;
}
