import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import { findLanguage, LANGUAGES, type Say, speak } from "../sentence/language.ts";

/** How each sentence says that it comes in more than one language. */
export const localeArg = {
  nullable: true,
  description: `Language of the sentence, such as "zh" or "en-GB"; what the request's Accept-Language prefers of ${LANGUAGES.join(" and ")} where left out.`,
} as const;

/**
 * Gives the language that a sentence is to be told in.
 * @throws {DomainError} BAD_USER_INPUT for one that there are no sentences in
 */
export function languageOf(
  { languages = [] }: Pick<Context, "languages">,
  locale: string | null | undefined,
): Say {
  if (locale == null) return speak(findLanguage(languages) ?? LANGUAGES[0]);
  const language = findLanguage([locale]);
  if (language) return speak(language);
  const expected = `expected one of ${LANGUAGES.join(", ")}, or a kind of it`;
  throw new DomainError("BAD_USER_INPUT", `locale is ${JSON.stringify(locale)}; ${expected}`);
}
