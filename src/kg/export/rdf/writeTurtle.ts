import { formatTerm, formatText } from "../../rdf/formatQuad.ts";
import type { Term } from "../../rdf/Term.ts";
import { NAMESPACES, VOCABULARY } from "../../rdf/vocabulary.ts";
import type { QuadWriter } from "./QuadWriter.ts";

const PREFIXES: readonly (readonly [prefix: string, namespace: string])[] = [
  ...Object.entries(NAMESPACES),
  ["prov", "http://www.w3.org/ns/prov#"],
  ...Object.entries(VOCABULARY).map(([name, namespace]) => [`why-${name}`, namespace] as const),
];

/** Makes the writer of TriG, or without `graphs` of Turtle: a subject once, its statements under it. */
export function writeTurtle({ graphs }: { readonly graphs: boolean }): QuadWriter {
  let subject: string | null = null;
  let graph: string | null = null;
  const close = (): string => (subject === null ? "" : graph === null ? " .\n" : " .\n}\n");
  return {
    begin: () =>
      `${PREFIXES.map(([prefix, namespace]) => `@prefix ${prefix}: <${namespace}> .`).join("\n")}\n\n`,
    write(quads) {
      let text = "";
      for (const quad of quads) {
        const [own, predicate, object] = [quad.subject, quad.predicate, quad.object].map(formatShort);
        const inGraph = graphs && quad.graph !== null ? formatShort(quad.graph) : null;
        if (own === subject && inGraph === graph) {
          text += ` ;\n  ${predicate} ${object}`;
          continue;
        }
        const isSameGraph = subject !== null && inGraph === graph;
        const opening = inGraph === null || isSameGraph ? "" : `${inGraph} {\n`;
        text += `${isSameGraph ? " .\n" : close()}${opening}${own} ${predicate} ${object}`;
        [subject, graph] = [own, inGraph];
      }
      return text;
    },
    end: close,
  };
}

/** A term with `prefix:name` for an IRI whose local part needs no escapes. */
function formatShort(term: Term): string {
  if (term.termType === "NamedNode") return shorten(term.value) ?? formatTerm(term);
  if (term.termType === "BlankNode" || term.language !== "") return formatTerm(term);
  const datatype = shorten(term.datatype);
  return datatype === null || datatype === "xsd:string"
    ? formatTerm(term)
    : `${formatText(term.value)}^^${datatype}`;
}

function shorten(iri: string): string | null {
  for (const [prefix, namespace] of PREFIXES) {
    const local = iri.startsWith(namespace) ? iri.slice(namespace.length) : "";
    if (/^[A-Za-z_][\w-]*$/.test(local)) return `${prefix}:${local}`;
  }
  return null;
}
