import { iriToKey, shortenKey } from "../../rdf/keys.ts";
import { nodeToKey } from "../../rdf/literals.ts";
import type { Quad } from "../../rdf/Term.ts";
import { VOCABULARY } from "../../rdf/vocabulary.ts";
import { BadRow } from "../badRow.ts";
import type { EntityRecord, ImportRecord, RelationRecord } from "../types.ts";
import { nameNode } from "./nameNode.ts";

type EntityFields = Omit<EntityRecord, "kind" | "key">;
type RelationFields = Omit<RelationRecord, "kind" | "key">;

const ENTITY: Readonly<Record<string, (text: string) => EntityFields>> = {
  name: (name) => ({ name }),
  type: (type) => ({ type }),
  description: (description) => ({ description }),
  alias: (alias) => ({ aliases: [alias] }),
  isItem: (isItem) => ({ isItem }),
};
const RELATION: Readonly<Record<string, (text: string) => RelationFields>> = {
  label: (label) => ({ label }),
  inverseLabel: (inverseLabel) => ({ inverseLabel }),
  domain: (text) => ({ domain: readTexts(text) }),
  range: (text) => ({ range: readTexts(text) }),
  maxPerHead: (maxPerHead) => ({ maxPerHead }),
  symmetric: (symmetric) => ({ symmetric }),
};

/**
 * Reads what our own export says beyond RDF's vocabularies: fields of entities and of relations. Gives null for
 * any other statement.
 */
export function readOwnProperty({ subject, predicate, object }: Quad): readonly ImportRecord[] | null {
  if (!predicate.value.startsWith(VOCABULARY.property)) return null;
  const property = predicate.value.slice(VOCABULARY.property.length);
  if (property === "mergedInto" && object.termType !== "Literal") {
    const { key, records } = nameNode(subject);
    return [...records, { kind: "entity", key, mergedInto: nameNode(object).key }];
  }
  if (object.termType !== "Literal") return null;
  if (Object.hasOwn(ENTITY, property)) {
    const { key, records } = nameNode(subject);
    return [...records, { kind: "entity", key, ...ENTITY[property](object.value) }];
  }
  if (!Object.hasOwn(RELATION, property)) return null;
  const whole = subject.termType === "NamedNode" ? iriToKey("relation", subject.value) : nodeToKey(subject);
  return [{ kind: "relation", key: shortenKey(whole).key, ...RELATION[property](object.value) }];
}

function readTexts(text: string): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
  throw new BadRow(`the types are ${JSON.stringify(text)}; expected a JSON array of texts`);
}
