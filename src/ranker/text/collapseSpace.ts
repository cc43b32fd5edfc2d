/** Makes each run of white space one space, none at the ends: encoders see line breaks and tabs as junk. */
export function collapseSpace(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
