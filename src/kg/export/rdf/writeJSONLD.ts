import { blankLabel } from "../../rdf/keys.ts";
import type { Literal, Node, Quad } from "../../rdf/Term.ts";
import { XSD_STRING } from "../../rdf/vocabulary.ts";
import type { QuadWriter } from "./QuadWriter.ts";

type Properties = Record<string, unknown[]>;

/** Makes the writer of JSON-LD in expanded form: one array, a node to a line, no context. */
export function writeJSONLD(): QuadWriter {
  let isFirst = true;
  let open: Quad[] = [];
  const flush = (): string => {
    if (open.length === 0) return "";
    const text = `${isFirst ? "" : ",\n"}${JSON.stringify(makeNode(open))}`;
    isFirst = false;
    open = [];
    return text;
  };
  return {
    begin: () => "[\n",
    write(quads) {
      let text = "";
      for (const quad of quads) {
        if (open.length > 0 && !isTogether(open[0], quad)) text += flush();
        open.push(quad);
      }
      return text;
    },
    end: () => `${flush()}\n]\n`,
  };
}

function isTogether(one: Quad, other: Quad): boolean {
  return idOf(one.subject) === idOf(other.subject) && one.graph?.value === other.graph?.value;
}

function makeNode(quads: readonly Quad[]): object {
  const properties: Properties = {};
  for (const { predicate, object } of quads) {
    properties[predicate.value] ??= [];
    properties[predicate.value].push(
      object.termType === "Literal" ? makeValue(object) : { "@id": idOf(object) },
    );
  }
  const [{ subject, graph }] = quads;
  const node = { "@id": idOf(subject), ...properties };
  return graph === null ? node : { "@id": idOf(graph), "@graph": [node] };
}

function makeValue({ value, language, direction, datatype }: Literal): object {
  if (language === "")
    return datatype === XSD_STRING ? { "@value": value } : { "@value": value, "@type": datatype };
  return {
    "@value": value,
    "@language": language,
    ...(direction === undefined ? {} : { "@direction": direction }),
  };
}

function idOf(node: Node): string {
  return node.termType === "BlankNode" ? `_:${blankLabel(node.value)}` : node.value;
}
