import type { Node, Quad, Term } from "../../rdf/Term.ts";
import { NAMESPACES, RDF_TYPE, VOCABULARY } from "../../rdf/vocabulary.ts";
import { BadRow } from "../badRow.ts";
import type { ImportRecord, SourceRow } from "../types.ts";
import { nameIri, nameNode } from "./nameNode.ts";

const { rdf } = NAMESPACES;
const FIELDS = ["confidence", "rank", "qualifiers", "sources", "validFrom", "validTo"] as const;
type Field = (typeof FIELDS)[number];
const MAX_OPEN = 50_000;

/** What has been said of one qualified triple so far. */
interface Open {
  readonly place: Omit<SourceRow, "records">;
  readonly ends: { subject?: Term; predicate?: Term; object?: Term };
  readonly fields: Partial<Record<Field, string>>;
}

/**
 * Puts qualified triples together: our own export says what a triple's confidence, rank and sources are in
 * statements about a resource of urn:whygraph:statement: (RDF's reification), and they come one by one. Those of one triple
 * may stand anywhere in a file with up to 50,000 qualified triples, and must not be farther apart than that in a larger one.
 */
export class QualifiedTriples {
  private readonly open = new Map<string, Open>();

  /** Takes a statement about a qualified triple; gives false for any other. */
  take({ subject, predicate, object }: Quad, place: Omit<SourceRow, "records">): boolean {
    if (subject.termType !== "NamedNode" || !subject.value.startsWith(VOCABULARY.statement)) return false;
    const one = this.open.get(subject.value) ?? { place, ends: {}, fields: {} };
    if (!addTo(one, predicate.value, object)) return false;
    this.open.set(subject.value, one);
    return true;
  }

  /** Gives the rows of those that are complete enough not to be waited for any longer: all at the end of the file. */
  *flush(isEnd: boolean): Generator<SourceRow> {
    if (!isEnd && this.open.size <= MAX_OPEN) return;
    for (const [iri, one] of this.open) {
      if (!isEnd && this.open.size <= MAX_OPEN / 2) return;
      this.open.delete(iri);
      yield { ...one.place, records: makeRecords(one) };
    }
  }
}

function addTo({ ends, fields }: Open, predicate: string, object: Term): boolean {
  if (predicate === RDF_TYPE && object.value === `${rdf}Statement`) return true;
  if (predicate === `${rdf}subject`) ends.subject = object;
  else if (predicate === `${rdf}predicate`) ends.predicate = object;
  else if (predicate === `${rdf}object`) ends.object = object;
  else {
    const field = FIELDS.find((name) => predicate === VOCABULARY.property + name);
    if (field === undefined || object.termType !== "Literal") return false;
    fields[field] = object.value;
  }
  return true;
}

function makeRecords({ ends, fields }: Open): readonly ImportRecord[] | BadRow {
  const { subject, predicate, object } = ends;
  if (!isNode(subject) || !isNode(object) || predicate?.termType !== "NamedNode") {
    return new BadRow(
      "a statement about a triple does not say which; expected rdf:subject, rdf:predicate and rdf:object near it",
    );
  }
  const [head, relation, tail] = [nameNode(subject), nameIri("relation", predicate.value), nameNode(object)];
  return [
    ...head.records,
    ...relation.records,
    ...tail.records,
    { kind: "triple", head: head.key, relation: relation.key, tail: tail.key, ...fields },
  ];
}

function isNode(term: Term | undefined): term is Node {
  return term !== undefined && term.termType !== "Literal";
}
