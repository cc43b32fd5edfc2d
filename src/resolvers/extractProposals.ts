import type { Context } from "../context.ts";
import type { NewEntity, NewProposals, ProposalMethod, Source } from "../kg/types.ts";
import type { ExtractedEnd, Extraction } from "../text/types.ts";

/** How to read a text, and where it comes from. */
export interface Reading {
  readonly text: string;
  readonly methods: readonly ProposalMethod[] | null;
  readonly likely: number;
  readonly minConfidence: number;
  readonly source: Source;
}

const MOST_SUFFIXES = 100;

/**
 * Reads a text and makes proposals of the triples that it states and the graph lacks: each with the words that state
 * it, how they were read, and how sure that is. Names that the graph does not have become entities to propose.
 */
export async function extractProposals(reading: Reading, context: Context): Promise<NewProposals> {
  const { text, methods, likely, minConfidence, source } = reading;
  const read = methods?.filter((method) => method !== "MANUAL") ?? null;
  const found = await context.texts.extract(text, { methods: read, likely });
  const fresh = found.filter(({ known, confidence }) => !known && confidence >= minConfidence);
  const entities = await makeEntities(fresh, context);
  const keyOf = (end: ExtractedEnd) => end.key ?? (entities.get(nameOf(end)) as NewEntity).key;
  return {
    entities: [...entities.values()],
    skipKnown: true,
    triples: fresh.map(({ head, relation, tail, confidence, method, span }) => ({
      ...{ head: keyOf(head), relation, tail: keyOf(tail), confidence, method },
      sources: [source],
      span: { start: span.start, end: span.end, quote: span.quote },
    })),
  };
}

/** One entity for each new name and type, under a key that is free. */
async function makeEntities(
  extractions: readonly Extraction[],
  context: Context,
): Promise<ReadonlyMap<string, NewEntity>> {
  const entities = new Map<string, NewEntity>();
  const isItem = new Map<string, boolean>();
  for (const end of extractions.flatMap(({ head, tail }) => [head, tail])) {
    const { name, type } = end;
    if (end.key !== null || entities.has(nameOf(end))) continue;
    if (!isItem.has(type)) isItem.set(type, await hasItems(type, context));
    const taken = new Set([...entities.values()].map(({ key }) => key));
    const key = await findFreeKey(`${type}:${slug(name)}`, taken, context);
    entities.set(nameOf(end), { key, type, name, isItem: isItem.get(type) });
  }
  return entities;
}

/** Whether entities of a type are recommended: then a new one is as well. */
async function hasItems(type: string, { knowledge }: Context): Promise<boolean> {
  const query = { filter: { types: [type], isItem: true }, order: "NAME_ASC" } as const;
  return (await knowledge.findEntities(query, { first: 1 })).edges.length > 0;
}

async function findFreeKey(
  wanted: string,
  taken: ReadonlySet<string>,
  { entitiesByKey }: Context,
): Promise<string> {
  for (let suffix = 1; suffix <= MOST_SUFFIXES; suffix++) {
    const key = suffix === 1 ? wanted : `${wanted}-${suffix}`;
    if (!taken.has(key) && !(await entitiesByKey.load(key))) return key;
  }
  return `${wanted}-${Date.now()}`;
}

function nameOf({ name, type }: ExtractedEnd): string {
  return `${type} ${name.toLowerCase()}`;
}

function slug(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return (
    plain
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 200) || "new"
  );
}
