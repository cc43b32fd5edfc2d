import { nameLikeness } from "../../text/nameLikeness.ts";
import type { NamedEntity } from "../../text/types.ts";
import type { AskedName } from "./readName.ts";

const MOST_NAMES = 20; // of one entity
const BY_ALIAS = 0.98; // whose name it is comes before whose alias it is
const BARE = 0.97; // what stood in brackets may have meant something
const OTHER_YEAR = 0.6;

/** How a text is like an entity's names. */
export interface NameFit {
  /** 0…1 */
  readonly likeness: number;
  readonly byAlias: boolean;
}

/**
 * Compares a name with that of an entity and its first 19 aliases; the likest counts. Brackets behind it may be left
 * out, but a year in them must be that of the entity, or next to it.
 */
export function likenessOf({ text, bare, year }: AskedName, entity: NamedEntity): NameFit {
  const whole = likest(text, entity);
  if (bare === null || whole.likeness === 1) return whole;
  const { likeness, byAlias } = likest(bare, entity);
  const isOther = year !== null && entity.year !== null && Math.abs(year - entity.year) > 1;
  const rest = likeness * BARE * (isOther ? OTHER_YEAR : 1);
  return rest > whole.likeness ? { likeness: rest, byAlias } : whole;
}

function likest(text: string, { name, aliases }: NamedEntity): NameFit {
  const best = nameLikeness(text, name);
  let alias = 0;
  for (const other of aliases.slice(0, MOST_NAMES - 1)) alias = Math.max(alias, nameLikeness(text, other));
  const likeness = BY_ALIAS * alias;
  return likeness > best ? { likeness, byAlias: true } : { likeness: best, byAlias: false };
}
