import { DomainError } from "../errors.ts";
import type { ItemFilter } from "./filterTypes.ts";

const DEEPEST = 8;
const MOST_PARTS = 200; // filters, conditions and what they name: each may be asked of each candidate
const MOST_KEYS = 10_000; // looked up in one statement

/** What filters name, to be found before anything is ranked: one statement for the keys, one per attribute. */
export interface FilterNames {
  readonly keys: readonly string[];
  readonly attributes: readonly string[];
}

/**
 * Lists the entity keys and the attributes that filters name, nested ones too.
 * @throws {DomainError} BAD_USER_INPUT where they are nested too deeply or are too many
 */
export function listFilterNames(filters: readonly (ItemFilter | null | undefined)[]): FilterNames {
  const keys: string[] = [];
  const attributes: string[] = [];
  let parts = 0;
  const visit = (filter: ItemFilter | null | undefined, depth: number): void => {
    if (!filter) return;
    if (depth > DEEPEST) {
      throw new DomainError("BAD_USER_INPUT", `filter is nested ${depth} deep; expected at most ${DEEPEST}`);
    }
    const related = [...(filter.has ?? []), ...(filter.hasNot ?? [])];
    const named = related.map(({ entity }) => entity).concat(filter.exclude ?? []);
    keys.push(...named, ...(filter.keys ?? []));
    attributes.push(...(filter.attributes ?? []).map(({ name }) => name));
    parts += 1 + named.length + (filter.attributes?.length ?? 0);
    if (parts > MOST_PARTS) {
      const message = `filter has more than ${MOST_PARTS} parts; expected fewer (a long list belongs into keys)`;
      throw new DomainError("BAD_USER_INPUT", message);
    }
    if (keys.length > MOST_KEYS) {
      throw new DomainError(
        "BAD_USER_INPUT",
        `filter names ${keys.length} keys; expected ${MOST_KEYS} at most`,
      );
    }
    for (const part of [...(filter.and ?? []), ...(filter.or ?? []), filter.not]) visit(part, depth + 1);
  };
  for (const filter of filters) visit(filter, 1);
  return { keys, attributes };
}
