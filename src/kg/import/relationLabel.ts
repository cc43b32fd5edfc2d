/**
 * Makes a readable label from a relation's key: "has_genre" → "has genre", "dbo:musicComposer" → "music composer",
 * "film.actor.film" → "film".
 */
export function relationLabel(key: string): string {
  const name = key.split(/[/#:.]/).findLast((part) => part !== "") ?? key;
  const words = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/[_\s-]+/g, " ")
    .trim();
  return words === "" ? key : words === words.toUpperCase() ? words : words.toLowerCase();
}
