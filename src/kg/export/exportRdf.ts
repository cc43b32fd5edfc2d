import type { Readable } from "node:stream";
import type { Quad } from "../rdf/Term.ts";
import { copyJSON } from "./copyRows.ts";
import type { QuadWriter } from "./rdf/QuadWriter.ts";
import { type EntityRow, stateEntity, stateMerger } from "./rdf/stateEntity.ts";
import { type RelationRow, stateRelation } from "./rdf/stateRelation.ts";
import { stateTriple, type TripleRow } from "./rdf/stateTriple.ts";
import { readJSONLines } from "./readJSONLines.ts";
import type { Exporter } from "./types.ts";
import { writeWhole } from "./writeFiles.ts";

// Attributes as texts, so that no digit of a number is lost on the way.
const ATTRIBUTES = (entity: string): string => `
  (select coalesce(json_agg(json_build_array(name, value::text)), '[]') from jsonb_each(${entity}.attributes) as one(name, value))`;
const RELATIONS = `
  select json_build_object('key', r.key, 'label', r.label, 'inverseLabel', r.inverse_label, 'domain', r.domain,
      'range', r.range, 'maxPerHead', r.max_per_head, 'symmetric', r.is_symmetric,
      'isUsed', exists (select from triple t where t.relation_id = r.id), -- index triple_relation
      'entity', case when e.id is not null then json_build_object('name', e.name, 'attributes', ${ATTRIBUTES("e")}) end)
    from relation r left join entity e on e.key = r.key order by r.key`;
// Index entity_key_key; bare entities look their triples up in triple_head and triple_tail.
const ENTITIES = `
  select json_build_object('key', e.key, 'type', e.type, 'name', e.name, 'aliases', e.aliases,
      'description', e.description, 'isItem', e.is_item, 'attributes', ${ATTRIBUTES("e")},
      'isBare', case when e.name = e.key and e.attributes - '@id' = '{}' and e.aliases = '{}' and not e.is_item
                          and e.description is null
                     then not exists (select from triple t where t.head_id = e.id)
                          and not exists (select from triple t where t.tail_id = e.id)
                          and not (e.attributes ? '@id' and exists (select from relation r where r.key = e.key))
                     else false end)
    from entity e where merged_into is null order by e.key`;
const MERGERS = `
  select json_build_array(e.key, s.key) from entity e join entity s on s.id = e.merged_into order by e.key`;
const PAIR = (entity: string): string =>
  `json_build_array(${entity}.key, case when ${entity}.key like 'iri:%' then ${entity}.attributes->>'@id' end)`;
const TRIPLES = `
  with named as materialized (
    select r.id, json_build_array(r.key, (select e.attributes->>'@id' from entity e where e.key = r.key and r.key like 'iri:%')) as pair
      from relation r)
  select json_build_object('head', ${PAIR("h")}, 'relation', r.pair, 'tail', ${PAIR("t")},
      'graphs', x.qualifiers->'@graph',
      'details', case when x.confidence <> 1 or x.rank <> 'NORMAL' or x.qualifiers - '@graph' <> '{}'
                           or x.sources <> '[]' or x.valid_from is not null or x.valid_to is not null
        then json_build_object('confidence', x.confidence, 'rank', x.rank,
          'qualifiers', case x.rank when 'DEPRECATED' then x.qualifiers else x.qualifiers - '@graph' end::text,
          'sources', x.sources::text, 'validFrom', x.valid_from, 'validTo', x.valid_to) end)
    from triple x join entity h on h.id = x.head_id join named r on r.id = x.relation_id
    join entity t on t.id = x.tail_id order by x.head_id, x.relation_id, x.tail_id`;

/**
 * Exports as RDF, streaming. What came from RDF goes as it came, to the letter; a key that is no IRI is one under
 * urn:whygraph:, and the rest of the graph is said in our own vocabulary (docs/interchange.md), from which an import
 * makes it again. Left out: interactions, the order of aliases, and what merged entities were; in Turtle and N-Triples
 * also which graph states what.
 */
export function exportRdf(makeWriter: () => QuadWriter): Exporter {
  return async ({ client, to, onBytes }) => {
    const writer = makeWriter();
    let current = "";
    const part = <Row>(what: string, query: string, state: (row: Row) => readonly Quad[]) =>
      async function* () {
        current = what;
        for await (const rows of readJSONLines<Row>(copyJSON(client, query) as Readable)) {
          yield writer.write(rows.flatMap(state));
        }
      };
    const sources = [
      once(() => writer.begin()),
      part<RelationRow>("relations", RELATIONS, stateRelation),
      part<EntityRow>("entities", ENTITIES, stateEntity),
      part<[string, string]>("mergers", MERGERS, ([key, survivor]) => [stateMerger(key, survivor)]),
      part<TripleRow>("triples", TRIPLES, stateTriple),
      once(() => writer.end()),
    ];
    await writeWhole(to, sources, (bytes) => onBytes(current, bytes));
    return [to];
  };
}

function once(write: () => string): () => AsyncGenerator<string> {
  return async function* () {
    yield write();
  };
}
