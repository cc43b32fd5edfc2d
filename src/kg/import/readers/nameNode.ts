import { iriToKey, type KeyKind, LONG_IRI, shortenKey } from "../../rdf/keys.ts";
import { nodeToKey } from "../../rdf/literals.ts";
import type { Node } from "../../rdf/Term.ts";
import type { AttributeRecord } from "../types.ts";

/** A key with the record that keeps its IRI where that is too long to be one. */
export interface Named {
  readonly key: string;
  readonly records: readonly AttributeRecord[];
}

/** Gives the key of a node as an entity. */
export function nameNode(node: Node): Named {
  return nameKey(nodeToKey(node));
}

/** Gives the key of an IRI. */
export function nameIri(kind: KeyKind, iri: string): Named {
  return nameKey(iriToKey(kind, iri));
}

function nameKey(whole: string): Named {
  const { key, isDigest } = shortenKey(whole);
  return {
    key,
    records: isDigest ? [{ kind: "attribute", key, name: LONG_IRI, value: JSON.stringify(whole) }] : [],
  };
}
