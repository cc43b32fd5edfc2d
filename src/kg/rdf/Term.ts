/** An IRI. */
export interface Iri {
  readonly termType: "NamedNode";
  readonly value: string;
}

/** A blank node; `value` is its key in the graph, which begins with "_:". */
export interface Blank {
  readonly termType: "BlankNode";
  readonly value: string;
}

export interface Literal {
  readonly termType: "Literal";
  /** The lexical form, exactly as the source has it. */
  readonly value: string;
  /** As the source writes it, capitals and all; "" where there is none. */
  readonly language: string;
  /** Base direction of a text with a language (RDF 1.2). */
  readonly direction?: "ltr" | "rtl";
  /** IRI; of a text with a language rdf:langString or rdf:dirLangString. */
  readonly datatype: string;
}

export type Node = Iri | Blank;
export type Term = Node | Literal;

/** A statement; `graph` is null in the default graph. */
export interface Quad {
  readonly subject: Node;
  readonly predicate: Iri;
  readonly object: Term;
  readonly graph: Node | null;
}
