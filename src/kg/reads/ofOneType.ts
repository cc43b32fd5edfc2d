import type { Entity, Knowledge, PageArguments } from "../types.ts";
import type { OfTypeArguments } from "./types.ts";

type Query = Parameters<Knowledge["findEntities"]>[0];

/** Tells whether a page is the first one of the entities of one type, by name, and of which. */
export function ofOneType(
  { search, filter, order, select }: Query,
  { first, after, last, before }: PageArguments,
): (OfTypeArguments & { readonly type: string }) | null {
  if (search != null || (order !== "NAME_ASC" && order !== "RELEVANCE")) return null;
  if (after != null || before != null || last != null) return null;
  if (filter?.types?.length !== 1) return null;
  if (filter.keys != null || filter.isItem != null || filter.relatedTo != null) return null;
  return {
    type: filter.types[0],
    first: first ?? null,
    select: (select as readonly (keyof Entity)[]) ?? null,
  };
}
