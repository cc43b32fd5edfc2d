const SCRIPTS = [
  ...[
    "Latin",
    "Greek",
    "Cyrillic",
    "Han",
    "Hiragana",
    "Katakana",
    "Hangul",
    "Arabic",
    "Hebrew",
    "Devanagari",
  ],
  ...["Bengali", "Gurmukhi", "Gujarati", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Thai", "Lao"],
  ...["Khmer", "Myanmar", "Tibetan", "Georgian", "Armenian", "Ethiopic", "Mongolian", "Cherokee"],
];
const OTHER = "another script";
const PATTERNS = SCRIPTS.map((name) => [name, new RegExp(`\\p{Script=${name}}`, "u")] as const);
const LETTER = /\p{L}/gu;

/** Counts the letters of a text by the name of their Unicode script. */
export function countScripts(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [letter] of text.matchAll(LETTER)) {
    const script = scriptOf(letter);
    counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  return counts;
}

function scriptOf(letter: string): string {
  if (letter < "\u0080") return "Latin"; // nearly all of them
  return PATTERNS.find(([, pattern]) => pattern.test(letter))?.[0] ?? OTHER;
}
