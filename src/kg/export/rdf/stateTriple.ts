import { createHash } from "node:crypto";
import { formatTerm } from "../../rdf/formatQuad.ts";
import { keyToIri, restoreKey } from "../../rdf/keys.ts";
import { keyToNode, literal } from "../../rdf/literals.ts";
import type { Iri, Quad, Term } from "../../rdf/Term.ts";
import { NAMESPACES, RDF_JSON, RDF_TYPE, VOCABULARY } from "../../rdf/vocabulary.ts";
import { makeIri, makeQuad } from "./stateEntity.ts";

const { rdf, xsd } = NAMESPACES;

/** A key, with the whole of it where it is a digest. */
export type KeyPair = readonly [key: string, whole: string | null];

/** Fields of a triple that has others than a bare statement. */
export interface TripleDetails {
  readonly confidence: number;
  readonly rank: string;
  /** JSON text, as are the sources. */
  readonly qualifiers: string;
  readonly sources: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

export interface TripleRow {
  readonly head: KeyPair;
  readonly relation: KeyPair;
  readonly tail: KeyPair;
  /** Keys of the graphs that state it, null for the default graph; null where nobody said. */
  readonly graphs: readonly (string | null)[] | null;
  readonly details: TripleDetails | null;
}

/**
 * States a triple, in each graph that states it, and after it what is said about it, by RDF's reification, which all
 * syntaxes have. A DEPRECATED triple is only spoken about: it is not stated.
 */
export function stateTriple({ head, relation, tail, graphs, details }: TripleRow): readonly Quad[] {
  const triple = {
    subject: keyToNode(whole(head)),
    predicate: makeIri(keyToIri("relation", whole(relation))),
    object: keyToNode(whole(tail)),
  };
  const isStated = details?.rank !== "DEPRECATED";
  const stated = isStated
    ? (graphs ?? [null]).map(
        (graph): Quad => ({ ...triple, graph: graph === null ? null : keyToNode(graph) }),
      )
    : [];
  return details === null ? stated : [...stated, ...describe(triple, details)];
}

function whole([key, long]: KeyPair): string {
  return restoreKey(key, long) ?? key;
}

/** The IRI of a triple that something is said about: the same in every export. */
export function statementIri({ subject, predicate, object }: Omit<Quad, "graph">): Iri {
  const terms = [subject, predicate, object].map(formatTerm).join(" ");
  return makeIri(VOCABULARY.statement + createHash("sha256").update(terms).digest("hex").slice(0, 32));
}

function describe(triple: Omit<Quad, "graph">, details: TripleDetails): readonly Quad[] {
  const { subject, predicate, object } = triple;
  const statement = statementIri(triple);
  const { confidence, rank, qualifiers, sources, validFrom, validTo } = details;
  const say = (field: string, value: Term): Quad => makeQuad(statement, VOCABULARY.property + field, value);
  return [
    makeQuad(statement, RDF_TYPE, makeIri(`${rdf}Statement`)),
    makeQuad(statement, `${rdf}subject`, subject),
    makeQuad(statement, `${rdf}predicate`, predicate),
    makeQuad(statement, `${rdf}object`, object),
    say("confidence", literal(String(confidence), `${xsd}double`)),
    say("rank", literal(rank)),
    say("qualifiers", literal(qualifiers, RDF_JSON)),
    say("sources", literal(sources, RDF_JSON)),
    ...(validFrom === null ? [] : [say("validFrom", literal(validFrom, `${xsd}dateTime`))]),
    ...(validTo === null ? [] : [say("validTo", literal(validTo, `${xsd}dateTime`))]),
  ];
}
