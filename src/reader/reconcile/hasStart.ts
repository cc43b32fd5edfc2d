import { nameForm } from "../../text/atoms.ts";

/** Tells whether a text, or one of its words, starts with `prefix`; case, accents and punctuation do not count. */
export function hasStart(prefix: string, text: string): boolean {
  const [asked, form] = [nameForm(prefix), nameForm(text)];
  return form.startsWith(asked) || form.includes(` ${asked}`);
}
