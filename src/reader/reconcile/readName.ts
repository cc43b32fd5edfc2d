/** A name as a table writes it. */
export interface AskedName {
  readonly text: string;
  /** Without what stands in brackets behind it; null where nothing does. */
  readonly bare: string | null;
  /** The year in those brackets; null where there is none. */
  readonly year: number | null;
}

/** Reads a name such as "Alien (1979 film)", whose brackets tell it from its namesakes. */
export function readName(text: string): AskedName {
  const [, bare, inside] = /^(.*\S)\s*[([]([^()[\]]*)[)\]]$/su.exec(text.trim()) ?? [];
  if (bare === undefined) return { text, bare: null, year: null };
  const year = /(?<!\d)\d{4}(?!\d)/.exec(inside);
  return { text, bare, year: year && Number(year[0]) };
}
