import { makeLiteral } from "../../rdf/makeLiteral.ts";

type Guard = "blank" | "literal";
const PREFIX = "urn:whygraph:guarded:";

/**
 * Hides from the processor of JSON-LD what it would not keep, behind IRIs that it does: the labels of blank nodes, which
 * it replaces, and the datatypes and directions of texts (it rewrites "1e0" of xsd:double, and drops a direction).
 * Takes an expanded document; `readGuarded` finds what is hidden.
 */
export function guardTerms(expanded: unknown): unknown {
  if (Array.isArray(expanded)) return expanded.map(guardTerms);
  if (typeof expanded !== "object" || expanded === null) return expanded;
  const node = expanded as Readonly<Record<string, unknown>>;
  if ("@value" in node) return guardValue(node);
  const entries = Object.entries(node).map(([name, value]): [string, unknown] => {
    if (name === "@id") return [name, guardLabel(value)];
    if (name === "@type") return [name, Array.isArray(value) ? value.map(guardLabel) : guardLabel(value)];
    return [String(guardLabel(name)), name === "@index" ? value : guardTerms(value)];
  });
  return Object.fromEntries(entries);
}

/** Gives what an IRI hides, or null. */
export function readGuarded(guard: Guard, iri: string): string | null {
  const prefix = `${PREFIX}${guard}:`;
  return iri.startsWith(prefix) ? decodeURIComponent(iri.slice(prefix.length)) : null;
}

function hide(guard: Guard, text: string): string {
  return `${PREFIX}${guard}:${encodeURIComponent(text)}`;
}

function guardLabel(value: unknown): unknown {
  return typeof value === "string" && value.startsWith("_:") ? hide("blank", value.slice(2)) : value;
}

function guardValue(node: Readonly<Record<string, unknown>>): unknown {
  const { "@value": value, "@type": type, "@language": language, "@direction": direction } = node;
  if (typeof value !== "string" || type === "@json") return node;
  if (typeof type === "string" && !/^[A-Za-z][\w+.-]*:/.test(type)) return node; // relative: the processor tells
  const literal =
    typeof language === "string"
      ? makeLiteral(value, { language, direction: typeof direction === "string" ? direction : undefined })
      : typeof direction === "string"
        ? makeLiteral(value, { value: `https://www.w3.org/ns/i18n#_${direction}` })
        : makeLiteral(value, typeof type === "string" ? { value: type } : undefined);
  return { "@value": value, "@type": hide("literal", JSON.stringify({ ...literal, value: "" })) };
}
