import type { EntityPatch, NewEntity, Problem } from "../types.ts";
import { checkKey, checkObject, checkText, invalid, SHORT_TEXT } from "./checks.ts";

/** The search document of an entity has to stay below 1 MB. */
export const MOST_ALIASES = 200;
const LONGEST_DESCRIPTION = 100_000;

/** The problems of a new entity that are seen without the graph. */
export function checkEntity({ key, type, name, ...rest }: NewEntity): Problem[] {
  return [
    ...checkKey(key, "key"),
    ...checkText(type, "type", SHORT_TEXT),
    ...checkText(name, "name"),
    ...checkOptional(rest),
  ];
}

/** The problems of what shall be different about an entity; what is absent has none. */
export function checkEntityPatch({ type, name, isItem, ...rest }: EntityPatch): Problem[] {
  return [
    ...(type === undefined ? [] : checkText(type, "type", SHORT_TEXT)),
    ...(name === undefined ? [] : checkText(name, "name")),
    ...checkOptional(rest),
    ...(isItem === null ? invalid("isItem", isItem, "true or false, or no such field") : []),
  ];
}

function checkOptional({ aliases, description, attributes }: EntityPatch): Problem[] {
  return [
    ...((aliases ?? []).length > MOST_ALIASES ? invalid("aliases", aliases, `at most ${MOST_ALIASES}`) : []),
    ...(aliases ?? []).flatMap((alias, i) => checkText(alias, `aliases.${i}`)),
    ...(description ? checkText(description, "description", LONGEST_DESCRIPTION) : []),
    ...(attributes == null ? [] : checkObject(attributes, "attributes")),
  ];
}
