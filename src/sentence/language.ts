import { IntlMessageFormat } from "intl-messageformat";
import { en } from "./messages/en.ts";
import { zh } from "./messages/zh.ts";

/** A sentence, or a part of one, by its name in the catalogues. */
export type MessageKey = keyof typeof en;
export type MessageValues = Readonly<Record<string, string | number | boolean>>;
/** Says a message in one language. */
export type Say = (key: MessageKey, values?: MessageValues) => string;

const CATALOGUES: Readonly<Record<string, Readonly<Record<MessageKey, string>>>> = { en, zh };

/** The languages that sentences come in, the one that is spoken where none is asked for first. */
export const LANGUAGES: readonly string[] = Object.keys(CATALOGUES);

const speakers = new Map<string, Say>();

/**
 * Speaks a language. Messages follow ICU and are compiled when they are first needed.
 * @throws {RangeError} for one that has no catalogue
 */
export function speak(language: string): Say {
  const known = speakers.get(language);
  if (known) return known;
  const catalogue = CATALOGUES[language];
  if (!catalogue)
    throw new RangeError(`there are no sentences in ${language}; expected ${LANGUAGES.join(" or ")}`);
  const compiled = new Map<MessageKey, IntlMessageFormat>();
  const say: Say = (key, values) => {
    let message = compiled.get(key);
    if (!message) {
      message = new IntlMessageFormat(catalogue[key], language);
      compiled.set(key, message);
    }
    return message.format(values) as string;
  };
  speakers.set(language, say);
  return say;
}

/** Finds the first of the wanted languages (BCP 47) that there are sentences in, by its primary tag; null for none. */
export function findLanguage(wanted: readonly string[]): string | null {
  for (const tag of wanted) {
    const [primary] = tag.toLowerCase().split("-");
    if (primary === "*") return LANGUAGES[0];
    if (LANGUAGES.includes(primary)) return primary;
  }
  return null;
}
