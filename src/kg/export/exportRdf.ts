import type { Readable } from "node:stream";
import { keyToIri, NAMESPACES, VOCABULARY } from "../import/iri.ts";
import { copyJSON } from "./copyRows.ts";
import { readJSONLines } from "./readJSONLines.ts";
import type { Exporter } from "./types.ts";
import { writeWhole } from "./writeFiles.ts";

const RELATIONS =
  "select json_build_array(key, label, inverse_label, is_symmetric) from relation order by key";
// Attributes as text, so that no digit of a number is lost on the way.
const ENTITIES = `
  select json_build_array(e.key, e.type, e.name, e.aliases, e.description, e.is_item, (
      select coalesce(json_agg(json_build_array(name, jsonb_typeof(value), value #>> '{}', value::text)), '[]')
        from jsonb_each(e.attributes) as one(name, value)))
    from entity e where merged_into is null order by e.key`;
const TRIPLES = `
  select json_build_array(h.key, r.key, t.key)
    from triple x join entity h on h.id = x.head_id join relation r on r.id = x.relation_id
    join entity t on t.id = x.tail_id where x.rank <> 'DEPRECATED' order by x.head_id, x.relation_id, x.tail_id`;

const { rdf, rdfs, owl, xsd, skos, dct } = NAMESPACES;
type Statement = readonly [subject: string, predicate: string, object: string];
type Relation = readonly [key: string, label: string, inverse: string | null, symmetric: boolean];
type Attribute = readonly [name: string, type: string, text: string | null, json: string];
type Entity = readonly [
  key: string,
  type: string,
  name: string,
  aliases: readonly string[],
  description: string | null,
  isItem: boolean,
  attributes: readonly Attribute[],
];

/**
 * Exports to N-Triples or Turtle: entities with label, type, aliases, description and attributes, relations with
 * their labels, and triples. A key that is no IRI is one under urn:whygraph:. What RDF loses: confidence, rank,
 * qualifiers, sources and validity of triples (they need RDF-star or reification), so DEPRECATED triples are
 * left out; domains, ranges and cardinalities; merged entities; interactions; the order of aliases. An IRI that is
 * the key of an entity and of a relation is one resource with two labels.
 */
export function exportRdf(syntax: "nt" | "ttl"): Exporter {
  const write = syntax === "nt" ? writeNTriples : writeTurtle;
  return async ({ client, to, onBytes }) => {
    let current = "";
    const part = <Row>(what: string, query: string, state: (row: Row) => readonly Statement[]) =>
      async function* () {
        current = what;
        yield* write(readJSONLines<Row>(copyJSON(client, query) as Readable), state);
      };
    const sources = [
      ...(syntax === "ttl" ? [writePrefixes] : []),
      part("relations", RELATIONS, stateRelation),
      part("entities", ENTITIES, stateEntity),
      part("triples", TRIPLES, stateTriple),
    ];
    await writeWhole(to, sources, (bytes) => onBytes(current, bytes));
    return [to];
  };
}

function stateRelation([key, label, inverse, symmetric]: Relation): readonly Statement[] {
  const relation = iri(keyToIri("relation", key));
  return [
    [relation, iri(`${rdf}type`), iri(symmetric ? `${owl}SymmetricProperty` : `${rdf}Property`)],
    [relation, iri(`${rdfs}label`), literal(label)],
    ...(inverse === null
      ? []
      : [[relation, iri(`${VOCABULARY.property}inverseLabel`), literal(inverse)] as const]),
  ];
}

function stateEntity([
  key,
  type,
  name,
  aliases,
  description,
  isItem,
  attributes,
]: Entity): readonly Statement[] {
  const entity = iri(keyToIri("entity", key));
  return [
    [entity, iri(`${rdf}type`), iri(VOCABULARY.type + encodeURIComponent(type))],
    [entity, iri(`${rdfs}label`), literal(name)],
    ...aliases.map((alias): Statement => [entity, iri(`${skos}altLabel`), literal(alias)]),
    ...(description === null ? [] : [[entity, iri(`${dct}description`), literal(description)] as const]),
    ...(isItem
      ? [[entity, iri(`${VOCABULARY.property}isItem`), literal("true", `${xsd}boolean`)] as const]
      : []),
    ...attributes.map(
      (attribute): Statement => [entity, iri(keyToIri("attribute", attribute[0])), value(attribute)],
    ),
  ];
}

function stateTriple([head, relation, tail]: readonly [string, string, string]): readonly Statement[] {
  return [
    [iri(keyToIri("entity", head)), iri(keyToIri("relation", relation)), iri(keyToIri("entity", tail))],
  ];
}

function value([, type, text, json]: Attribute): string {
  if (type === "string") return literal(text ?? "");
  if (type === "boolean") return literal(json, `${xsd}boolean`);
  if (type === "number") return literal(json, xsd + (/^-?\d+$/.test(json) ? "integer" : "decimal"));
  return literal(json, `${rdf}JSON`);
}

function iri(text: string): string {
  return `<${text}>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function literal(text: string, datatype?: string): string {
  const quoted = `"${text.replace(/["\\\n\r\t]/g, (found) => ESCAPES[found])}"`;
  return datatype === undefined ? quoted : `${quoted}^^${iri(datatype)}`;
}

async function* writeNTriples<Row>(
  batches: AsyncIterable<readonly Row[]>,
  state: (row: Row) => readonly Statement[],
): AsyncGenerator<string> {
  for await (const rows of batches) {
    yield rows.flatMap((row) => state(row).map((statement) => `${statement.join(" ")} .\n`)).join("");
  }
}

const PREFIXES: readonly (readonly [prefix: string, namespace: string])[] = [
  ...Object.entries(NAMESPACES),
  ...Object.entries(VOCABULARY).map(([name, namespace]) => [`why-${name}`, namespace] as const),
];

async function* writePrefixes(): AsyncGenerator<string> {
  yield `${PREFIXES.map(([prefix, namespace]) => `@prefix ${prefix}: <${namespace}> .`).join("\n")}\n\n`;
}

/** A subject once, its statements under it. */
async function* writeTurtle<Row>(
  batches: AsyncIterable<readonly Row[]>,
  state: (row: Row) => readonly Statement[],
): AsyncGenerator<string> {
  let subject: string | null = null;
  for await (const rows of batches) {
    let text = "";
    for (const statement of rows.flatMap(state)) {
      const [own, predicate, object] = statement.map(shorten);
      text +=
        own === subject
          ? ` ;\n  ${predicate} ${object}`
          : `${subject === null ? "" : " .\n"}${own} ${predicate} ${object}`;
      subject = own;
    }
    yield text;
  }
  if (subject !== null) yield " .\n";
}

/** `prefix:name` for an IRI whose local part needs no escapes, and the same for the datatype of a literal. */
function shorten(term: string): string {
  const start = term.startsWith("<") ? 0 : term.lastIndexOf('"^^<') + 3;
  if (start === 2 || !term.endsWith(">")) return term;
  const full = term.slice(start + 1, -1);
  for (const [prefix, namespace] of PREFIXES) {
    const local = full.slice(namespace.length);
    if (full.startsWith(namespace) && /^[A-Za-z_][\w-]*$/.test(local))
      return `${term.slice(0, start)}${prefix}:${local}`;
  }
  return term;
}
