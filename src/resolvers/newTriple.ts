import type { NewTriple, Source } from "../kg/types.ts";
import { SourceMethodEnum } from "../schema/enums.ts";
import type { AddTripleInput } from "../schema/inputs/AddTripleInput.ts";
import type { EditInput } from "../schema/inputs/EditInput.ts";
import type { SourceInput } from "../schema/inputs/SourceInput.ts";

/** Gives the triple of an input. */
export function newTriple({ sources, ...triple }: Omit<AddTripleInput, keyof EditInput>): NewTriple {
  return { ...triple, sources: newSources(sources) };
}

/** Gives the sources of an input, their moments as ISO 8601 text; what is absent stays so. */
export function newSources<Absent extends null | undefined>(
  sources: readonly SourceInput[] | Absent,
): Source[] | Absent {
  if (!sources) return sources;
  return sources.map(({ name, url, retrievedAt, method }) => ({
    name,
    url: url ?? null,
    retrievedAt: retrievedAt?.toISOString() ?? null,
    method: method ?? SourceMethodEnum.CURATOR,
  }));
}
