import { type NamedNode, Parser, type Quad_Object, type Quad_Subject, type Term } from "n3";
import { DomainError } from "../../../errors.ts";
import { typeOf } from "../../rdf/fields.ts";
import { iriToType } from "../../rdf/keys.ts";
import { NAMESPACES } from "../../rdf/vocabulary.ts";

/** The namespace of SHACL. */
export const SH = "http://www.w3.org/ns/shacl#";
const { rdf } = NAMESPACES;

/** A file of shapes, in memory: what each node says, in the order of the file. */
export class ShapesGraph {
  readonly #said = new Map<string, Map<string, Quad_Object[]>>();
  readonly subjects: Quad_Subject[] = [];

  /** @throws {DomainError} BAD_USER_INPUT where `text` is no Turtle, with the line */
  constructor(text: string) {
    try {
      for (const { subject, predicate, object } of new Parser({ baseIRI: "urn:shapes:" }).parse(text)) {
        let own = this.#said.get(subject.id);
        if (own === undefined) {
          own = new Map();
          this.#said.set(subject.id, own);
          this.subjects.push(subject);
        }
        own.set(predicate.value, [...(own.get(predicate.value) ?? []), object]);
      }
    } catch (error) {
      throw new DomainError("BAD_USER_INPUT", `the shapes are no Turtle: ${(error as Error).message}`);
    }
  }

  /** Everything that a node says: predicates with their objects. */
  saidOf(node: Term): ReadonlyMap<string, readonly Quad_Object[]> {
    return this.#said.get(node.id) ?? new Map();
  }

  /** What a node says by a predicate. */
  objects(node: Term, predicate: string): readonly Quad_Object[] {
    return this.saidOf(node).get(predicate) ?? [];
  }

  /** Whether a node says that it is of a class. */
  isA(node: Term, type: string): boolean {
    return this.objects(node, `${rdf}type`).some(({ value }) => value === type);
  }

  /** The members of an RDF list; null where it is none. */
  list(node: Term): readonly Quad_Object[] | null {
    const members: Quad_Object[] = [];
    const met = new Set<string>();
    for (let at: Term = node; at.value !== `${rdf}nil`; ) {
      const [[first], [rest]] = [this.objects(at, `${rdf}first`), this.objects(at, `${rdf}rest`)];
      if (!first || !rest || met.has(at.id)) return null;
      met.add(at.id);
      members.push(first);
      at = rest;
    }
    return members;
  }
}

/** Tells whether a term is an IRI. */
export function isIri(term: Term): term is NamedNode {
  return term.termType === "NamedNode";
}

/** The type that a class is as an import names it; null where the term is none. */
export function classOf(term: Term): string | null {
  if (!isIri(term)) return null;
  return iriToType(term.value) ?? typeOf({ termType: "NamedNode", value: term.value });
}
