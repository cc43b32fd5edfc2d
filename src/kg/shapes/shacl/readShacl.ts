import type { Term } from "n3";
import { ALIASES, DESCRIPTIONS, LABELS } from "../../rdf/fields.ts";
import { iriToKey } from "../../rdf/keys.ts";
import { NAMESPACES } from "../../rdf/vocabulary.ts";
import type { ShapeDefinition } from "../../types.ts";
import { readRules } from "./readRules.ts";
import { classOf, isIri, SH, ShapesGraph } from "./ShapesGraph.ts";

const CLASSES = [`${NAMESPACES.rdfs}Class`, `${NAMESPACES.owl}Class`];
const OF_NODE_SHAPES = [
  "property",
  "targetClass",
  "severity",
  "message",
  "name",
  "description",
  "deactivated",
];
const OF_VALUES = ["datatype", "pattern", "minLength", "maxLength", "minimum", "maximum", "allowed"] as const;

const NAMES: Readonly<Record<string, string>> = {
  minimum: "minInclusive",
  maximum: "maxInclusive",
  allowed: "in",
};

/** A part of a file that is not checked, and why. */
export interface Unsupported {
  /** The node shape, and the path within it. */
  readonly shape: string;
  /** As "sh:or". */
  readonly what: string;
  readonly why: string;
}

export interface ShaclShapes {
  readonly shapes: readonly ShapeDefinition[];
  readonly unsupported: readonly Unsupported[];
}

/**
 * Reads the shapes of a SHACL file: one per property shape and target class. A property is a relation where its values
 * must be of a class or resources, or where `isRelation` knows its key; otherwise it is an attribute. Whatever cannot
 * be checked is listed, nothing is left out silently.
 * @see docs/shacl.md lists what is supported
 * @throws {DomainError} BAD_USER_INPUT where `text` is no Turtle
 */
export function readShacl(text: string, isRelation: (key: string) => boolean): ShaclShapes {
  const graph = new ShapesGraph(text);
  const reader = new ShaclReader(graph, isRelation);
  for (const subject of graph.subjects) if (isNodeShape(graph, subject)) reader.readNodeShape(subject);
  return reader;
}

function isNodeShape(graph: ShapesGraph, node: Term): boolean {
  const speaks = ["property", "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"];
  return (
    graph.isA(node, `${SH}NodeShape`) || speaks.some((name) => graph.objects(node, SH + name).length > 0)
  );
}

class ShaclReader implements ShaclShapes {
  readonly shapes: ShapeDefinition[] = [];
  readonly unsupported: Unsupported[] = [];

  constructor(
    private readonly graph: ShapesGraph,
    private readonly isRelation: (key: string) => boolean,
  ) {}

  readNodeShape(node: Term): void {
    const { graph } = this;
    if (this.#isOff(node)) return;
    for (const predicate of graph.saidOf(node).keys()) {
      const name = predicate.slice(SH.length);
      if (predicate.startsWith(SH) && !OF_NODE_SHAPES.includes(name)) {
        this.#omit(node.value, `sh:${name}`, "not supported of a node shape");
      }
    }
    const implicit = CLASSES.some((type) => graph.isA(node, type)) ? [node] : [];
    const types = [...graph.objects(node, `${SH}targetClass`), ...implicit].flatMap(
      (type) => classOf(type) ?? [],
    );
    const properties = graph.objects(node, `${SH}property`);
    if (types.length === 0 && properties.length > 0) {
      this.#omit(node.value, "sh:targetClass", "there is none, so that its properties are those of no type");
    }
    for (const property of properties) for (const type of types) this.#readProperty(node, property, type);
  }

  #readProperty(node: Term, property: Term, type: string): void {
    if (this.#isOff(property)) return;
    const path = this.#readPath(property);
    const place = `${node.value} ${path?.iri ?? property.value}`;
    if (!path) {
      this.#omit(place, "sh:path", "only an IRI, or sh:inversePath of one, can be checked");
      return;
    }
    const { rules, unsupported } = readRules(this.graph, property);
    for (const [what, why] of unsupported) this.#omit(place, what, why);
    const relation = iriToKey("relation", path.iri);
    const ofValues = OF_VALUES.filter((name) => rules[name] != null);
    const toResources = this.graph
      .objects(property, `${SH}nodeKind`)
      .some(({ value }) => value === `${SH}IRI` || value === `${SH}BlankNodeOrIRI`);
    const isRelation =
      path.inverse ||
      rules.nodeTypes != null ||
      toResources ||
      (ofValues.length === 0 && this.isRelation(relation));
    if (isRelation) {
      for (const name of ofValues) this.#omit(place, `sh:${NAMES[name] ?? name}`, "not supported of triples");
      const foreign: readonly string[] = [...ofValues, "flags"];
      const own = Object.fromEntries(Object.entries(rules).filter(([name]) => !foreign.includes(name)));
      this.#add({
        ...own,
        type,
        relation,
        direction: path.inverse ? "IN" : "OUT",
        key: `${type} ${relation}`,
      });
    } else {
      const attribute = attributeOf(path.iri);
      this.#add({ ...rules, type, attribute, key: `${type} ${attribute}` });
    }
  }

  #readPath(property: Term): { readonly iri: string; readonly inverse: boolean } | null {
    const [path] = this.graph.objects(property, `${SH}path`);
    if (!path) return null;
    if (isIri(path)) return { iri: path.value, inverse: false };
    const [inverse] = this.graph.objects(path, `${SH}inversePath`);
    return inverse && isIri(inverse) ? { iri: inverse.value, inverse: true } : null;
  }

  /** Several shapes of one property have keys of their own, in the order of the file. */
  #add(shape: ShapeDefinition): void {
    const name = shape.direction === "IN" ? `${shape.key} inverse` : shape.key;
    const same = this.shapes.filter(({ key }) => key === name || key.startsWith(`${name} #`)).length;
    this.shapes.push({ ...shape, key: same === 0 ? name : `${name} #${same + 1}` });
  }

  #omit(shape: string, what: string, why: string): void {
    if (
      !this.unsupported.some((known) => known.shape === shape && known.what === what && known.why === why)
    ) {
      this.unsupported.push({ shape, what, why });
    }
  }

  #isOff(shape: Term): boolean {
    return this.graph.objects(shape, `${SH}deactivated`).some(({ value }) => value === "true");
  }
}

/** Properties that an import reads into a column are that column. */
function attributeOf(iri: string): string {
  if (LABELS.includes(iri)) return "@name";
  if (ALIASES.includes(iri)) return "@aliases";
  return DESCRIPTIONS.includes(iri) ? "@description" : iriToKey("attribute", iri);
}
