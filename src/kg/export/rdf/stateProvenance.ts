import { keyToIri } from "../../rdf/keys.ts";
import { keyToNode, literal } from "../../rdf/literals.ts";
import type { Iri, Node, Quad, Term } from "../../rdf/Term.ts";
import { NAMESPACES, RDF_JSON, RDF_TYPE } from "../../rdf/vocabulary.ts";
import { makeIri, makeQuad } from "./stateEntity.ts";
import { statementIri } from "./stateTriple.ts";

export const PROV = "http://www.w3.org/ns/prov#";
const { rdf, rdfs, xsd, dct } = NAMESPACES;

interface ChangeLine {
  readonly revision: string;
  readonly kind: string;
  readonly actor: string;
  readonly reason: string | null;
  /** ISO 8601. */
  readonly at: string;
}

/** The image of a row, of which only this much matters; all of it is kept as a value. */
interface Image {
  readonly key?: string;
  readonly revision: number;
}

interface VersionLine {
  readonly revision: string;
  readonly at: string;
  readonly subject: "entity" | "relation" | "triple";
  readonly id: string;
  readonly before: Image | null;
  readonly after: Image | null;
  /** Keys of a triple's head, relation and tail. */
  readonly ends: readonly (string | null)[] | null;
}

/** States an agent: who made changes. */
export function stateAgent([actor]: readonly [string]): readonly Quad[] {
  const agent = agentIri(actor);
  return [
    makeQuad(agent, RDF_TYPE, makeIri(`${PROV}Agent`)),
    makeQuad(agent, `${rdfs}label`, literal(actor)),
  ];
}

/** States a change as an activity. It has no length: it happens when it is committed. */
export function stateChange({ revision, kind, actor, reason, at }: ChangeLine): readonly Quad[] {
  const say = (predicate: string, object: Term): Quad => makeQuad(changeIri(revision), predicate, object);
  return [
    say(RDF_TYPE, makeIri(`${PROV}Activity`)),
    say(`${dct}type`, literal(kind)),
    ...(reason === null ? [] : [say(`${rdfs}comment`, literal(reason))]),
    say(`${PROV}startedAtTime`, time(at)),
    say(`${PROV}endedAtTime`, time(at)),
    say(`${PROV}wasAssociatedWith`, agentIri(actor)),
  ];
}

/** States which version of a row a change ended, and which it made. */
export function stateVersion(line: VersionLine): readonly Quad[] {
  const { before, after, at } = line;
  const change = changeIri(line.revision);
  const ended = before === null ? null : versionIri(line, before);
  const made = after === null ? null : versionIri(line, after);
  return [
    ...(ended === null
      ? []
      : [
          makeQuad(ended, `${PROV}wasInvalidatedBy`, change),
          makeQuad(ended, `${PROV}invalidatedAtTime`, time(at)),
        ]),
    ...(made === null || after === null ? [] : stateMade({ line, made, ended, after })),
  ];
}

interface Made {
  readonly line: VersionLine;
  readonly made: Iri;
  readonly ended: Iri | null;
  readonly after: Image;
}

function stateMade({ line, made, ended, after }: Made): readonly Quad[] {
  const say = (predicate: string, object: Term): Quad => makeQuad(made, predicate, object);
  const of = findSubject(line, after);
  return [
    say(RDF_TYPE, makeIri(`${PROV}Entity`)),
    say(`${PROV}wasGeneratedBy`, changeIri(line.revision)),
    say(`${PROV}generatedAtTime`, time(line.at)),
    ...(ended === null ? [] : [say(`${PROV}wasRevisionOf`, ended)]),
    ...(of === null ? [] : [say(`${PROV}specializationOf`, of.node)]),
    ...(of?.triple ?? []).map(([predicate, node]) => say(predicate, node)),
    say(`${PROV}value`, literal(JSON.stringify(after), RDF_JSON)),
  ];
}

/** What a row is a version of, as the export of the graph calls it. */
function findSubject(
  { subject, ends }: VersionLine,
  { key }: Image,
): { readonly node: Node; readonly triple: readonly (readonly [string, Node])[] } | null {
  if (key !== undefined) {
    const node = subject === "relation" ? makeIri(keyToIri("relation", key)) : keyToNode(key);
    return { node, triple: [] };
  }
  const [head, relation, tail] = ends ?? [];
  if (!head || !relation || !tail) return null; // deleted meanwhile; the value has their ids
  const parts = {
    subject: keyToNode(head),
    predicate: makeIri(keyToIri("relation", relation)),
    object: keyToNode(tail),
  };
  const triple = Object.entries(parts).map(([name, node]) => [rdf + name, node] as const);
  return { node: statementIri(parts), triple };
}

function changeIri(revision: string): Iri {
  return makeIri(`urn:whygraph:change:${revision}`);
}

function agentIri(actor: string): Iri {
  return makeIri(`urn:whygraph:agent:${encodeURIComponent(actor)}`);
}

function versionIri({ subject, id }: VersionLine, { revision }: Image): Iri {
  return makeIri(`urn:whygraph:version:${subject}:${id}:${revision}`);
}

function time(at: string): Term {
  return literal(at, `${xsd}dateTime`);
}
