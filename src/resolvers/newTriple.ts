import type { NewTriple, Source } from "../kg/types.ts";
import { SourceMethodEnum } from "../schema/enums.ts";
import type { AddTripleInput } from "../schema/inputs/AddTripleInput.ts";
import type { EditInput } from "../schema/inputs/EditInput.ts";

/** Gives the triple of an input, its sources' moments as ISO 8601 text. */
export function newTriple({ sources, ...triple }: Omit<AddTripleInput, keyof EditInput>): NewTriple {
  return { ...triple, sources: newSources(sources) ?? null };
}

/** Gives the sources of an input, their moments as ISO 8601 text. */
export function newSources(sources: AddTripleInput["sources"]): readonly Source[] | undefined {
  return sources?.map(({ name, url, retrievedAt, method }) => ({
    name,
    url: url ?? null,
    retrievedAt: retrievedAt?.toISOString() ?? null,
    method: method ?? SourceMethodEnum.CURATOR,
  }));
}
