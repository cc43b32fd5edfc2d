import type { Context } from "../context.ts";
import type { EntityId } from "../kg/types.ts";
import type { Reader } from "../text/extract/extractTriples.ts";
import { linkMentions } from "../text/linkMentions.ts";
import type { ExtractedEnd, Extraction, Mention } from "../text/types.ts";

const MOST_MENTIONS = 10;

/**
 * Gives triples that the graph lacks and makes likely, about the entities that a text names: up to `most` of each.
 * The text does not state them; the span is where it names the entity.
 * @throws {DomainError} CONFIGURATION where no embedding is trained
 */
export async function extractLikely(
  text: string,
  most: number,
  { reader, links }: { readonly reader: Reader; readonly links: Context["links"] },
): Promise<Extraction[]> {
  const named = new Map<string, Mention>();
  for (const mention of linkMentions(text, reader.gazetteer, reader.graph)) {
    const { key } = mention.candidates[0].entity;
    if (mention.asName && !named.has(key) && named.size < MOST_MENTIONS) named.set(key, mention);
  }
  const found: Extraction[] = [];
  for (const [entity, { start, end, quote }] of named) {
    for (const { headId, relationId, tailId, score } of await links.findLikely({ entity, first: most })) {
      const [head, tail] = [endOf(headId, reader), endOf(tailId, reader)];
      const relation = reader.graph.relations.find(({ id }) => id === relationId)?.key;
      if (!head || !tail || relation === undefined) continue;
      found.push({
        ...{ head, relation, tail, span: { start, end, quote }, method: "LINK_PREDICTION", rule: "likely" },
        ...{ confidence: score, known: false },
      });
    }
  }
  return found;
}

function endOf(id: EntityId, { gazetteer }: Reader): ExtractedEnd | null {
  const entity = gazetteer.entity(id);
  return entity ? { key: entity.key, name: entity.name, type: entity.type } : null;
}
