import { DomainError } from "../../errors.ts";
import { makeGraph } from "../../kg/snapshot/makeGraph.ts";
import type { Graph, Relation, Triple } from "../../kg/types.ts";
import { Dictionary } from "./Dictionary.ts";
import { findTable, readTable } from "./readTable.ts";

/**
 * Reads entities and triples of a folder, where it has them, into a graph whose first entities are the items,
 * in their order. An endpoint that no file declares becomes an entity of type "entity"; a repeated triple
 * counts once.
 */
export async function readGraph(folder: string, itemKeys: readonly string[]): Promise<Graph> {
  const dictionary = new Dictionary();
  const types: string[] = [];
  for (const key of itemKeys) types[dictionary.add(key)] = "item";
  await readEntityTypes(folder, dictionary, types);
  const { relations, triples } = await readTriples(folder, dictionary);
  return makeGraph({
    entities: dictionary.keys.map((_, index) => ({
      id: `${index + 1}`,
      type: types[index] ?? "entity",
      isItem: index < itemKeys.length,
    })),
    relations: relations.keys.map(makeRelation),
    triples,
  });
}

type GraphTriple = Pick<Triple, "id" | "headId" | "relationId" | "tailId" | "confidence">;

async function readTriples(
  folder: string,
  dictionary: Dictionary,
): Promise<{ relations: Dictionary; triples: GraphTriple[] }> {
  const relations = new Dictionary();
  const triples = new Map<string, GraphTriple>();
  const found = await findTable(folder, "triples");
  if (found === null) return { relations, triples: [] };
  const columns = { required: ["head", "relation", "tail"], optional: ["confidence"] };
  await readTable(found, columns, ([head, relation, tail, confidence], { file, line }) => {
    const share = confidence === "" ? 1 : Number(confidence);
    if (!(share >= 0 && share <= 1)) {
      throw new DomainError(
        "BAD_USER_INPUT",
        `${file}:${line} has the confidence "${confidence}"; expected 0 to 1`,
      );
    }
    const [headId, tailId] = [head, tail].map((key) => `${dictionary.add(key) + 1}`);
    const relationId = relations.add(relation) + 1;
    const name = `${headId} ${relationId} ${tailId}`;
    if (triples.has(name)) return;
    triples.set(name, { id: `${triples.size + 1}`, headId, relationId, tailId, confidence: share });
  });
  return { relations, triples: [...triples.values()] };
}

async function readEntityTypes(folder: string, dictionary: Dictionary, types: string[]): Promise<void> {
  const file = await findTable(folder, "entities");
  if (file === null) return;
  await readTable(file, { required: ["entity"], optional: ["type"] }, ([key, type]) => {
    const index = dictionary.add(key);
    if (type !== "") types[index] = type;
  });
}

function makeRelation(key: string, index: number): Relation {
  return {
    id: index + 1,
    key,
    label: key,
    inverseLabel: null,
    domain: null,
    range: null,
    maxPerHead: null,
    symmetric: false,
    revision: 0,
  };
}
