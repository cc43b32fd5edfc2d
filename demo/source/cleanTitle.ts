/** Letters of Latin-1 that the source holds as if its bytes were Mac Roman, by what is seen there. */
const MISREAD: Readonly<Record<string, string>> = {
  È: "é",
  Í: "ê",
  Ë: "è",
  Î: "ë",
  "‡": "à",
  "·": "á",
  "‰": "ä",
  Û: "ó",
  Ù: "ô",
  "˘": "ù",
  Ω: "½",
  Ö: "…",
  "³": " 3",
  "¢": "c",
};
const ARTICLE_LAST = /^(.+), (The|A|An|Das|Les)$/;

/**
 * Makes a title of the source readable: text instead of a number (300, 1941), letters instead of misread bytes,
 * the article in front, no remark in brackets at the end. Null where there is no title.
 */
export function cleanTitle(title: string | number | null): string | null {
  if (title === null) return null;
  const text = [...String(title)]
    .map((letter) => MISREAD[letter] ?? letter)
    .join("")
    .replace(/\s+\([^)]*\)$/, "")
    .replace(/^Star Wars Ep\. /, "Star Wars Episode ")
    .replace(/\s+/g, " ")
    .trim();
  return text === "" ? null : text.replace(ARTICLE_LAST, "$2 $1");
}
