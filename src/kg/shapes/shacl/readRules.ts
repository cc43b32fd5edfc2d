import type { Literal, Quad_Object, Term } from "n3";
import { NAMESPACES } from "../../rdf/vocabulary.ts";
import type { Datatype, Scalar, ShapeDefinition } from "../../types.ts";
import { compilePattern } from "../compilePattern.ts";
import { classOf, SH, type ShapesGraph } from "./ShapesGraph.ts";

const { xsd } = NAMESPACES;
const DATATYPES: Readonly<Record<string, Datatype>> = {
  string: "STRING",
  ...Object.fromEntries(["decimal", "double", "float"].map((name) => [name, "NUMBER" as const])),
  ...Object.fromEntries(
    ["integer", "int", "long", "short", "byte"].map((name) => [name, "INTEGER" as const]),
  ),
  boolean: "BOOLEAN",
  date: "DATE",
  dateTime: "DATE_TIME",
  anyURI: "URL",
};
const SEVERITIES: Readonly<Record<string, "ERROR" | "WARNING">> = {
  Violation: "ERROR",
  Warning: "WARNING",
  Info: "WARNING",
};
/** What says nothing about the data, or was read elsewhere. */
const OTHERS = ["path", "flags", "name", "description", "order", "group", "defaultValue", "deactivated"];

/** What a constraint comes to: rules of a shape, or why it is none that can be checked. */
type Rules = Partial<ShapeDefinition> | string;
type Reader = (object: Quad_Object, context: Context) => Rules;
interface Context {
  readonly graph: ShapesGraph;
  readonly shape: Term;
}

const number =
  (name: keyof ShapeDefinition, whole: boolean): Reader =>
  ({ value }) => {
    const parsed = Number(value);
    const fits = whole ? Number.isInteger(parsed) && parsed >= 0 : Number.isFinite(parsed);
    return fits ? { [name]: parsed } : `"${value}" is no ${whole ? "whole number" : "number"}`;
  };

const READERS: Readonly<Record<string, Reader>> = {
  minCount: number("minCount", true),
  maxCount: number("maxCount", true),
  minLength: number("minLength", true),
  maxLength: number("maxLength", true),
  minInclusive: number("minimum", false),
  maxInclusive: number("maximum", false),
  datatype({ value }) {
    const datatype = value.startsWith(xsd) ? DATATYPES[value.slice(xsd.length)] : undefined;
    return datatype ? { datatype } : `the datatype ${value} is not known here`;
  },
  class(object) {
    const type = classOf(object);
    return type === null ? `${object.value} is no class` : { nodeTypes: [type] };
  },
  nodeKind: ({ value }) =>
    [`${SH}IRI`, `${SH}Literal`, `${SH}BlankNodeOrIRI`].includes(value)
      ? {}
      : `the kind ${value} cannot be checked`,
  pattern({ value }, { graph, shape }) {
    const flags = graph.objects(shape, `${SH}flags`)[0]?.value ?? "";
    if (!/^[ims]*$/.test(flags)) return `the flags "${flags}" are not known here`;
    try {
      compilePattern(value, flags);
      return { pattern: value, flags: flags || null };
    } catch (error) {
      return `"${value}" is no pattern of RE2: ${(error as Error).message}`;
    }
  },
  in(object, { graph }) {
    const allowed = graph.list(object)?.map(scalarOf) ?? [];
    const scalars = allowed.filter((value) => value !== null);
    return scalars.length > 0 && scalars.length === allowed.length
      ? { allowed: scalars }
      : "only lists of texts, numbers and booleans can be checked";
  },
  severity({ value }) {
    const severity = SEVERITIES[value.replace(SH, "")];
    return severity ? { severity } : `the severity ${value} is not known here`;
  },
  message: ({ value }) => ({ message: value }),
};

/** Rules that were read, and the constraints that cannot be checked, by predicate with the reason. */
export interface ReadRules {
  readonly rules: Partial<ShapeDefinition>;
  readonly unsupported: readonly (readonly [predicate: string, why: string])[];
}

/** Reads the constraints of a property shape. Of several values of one constraint the first one counts. */
export function readRules(graph: ShapesGraph, shape: Term): ReadRules {
  let rules: Partial<ShapeDefinition> = {};
  const unsupported: [string, string][] = [];
  for (const [predicate, [object, ...more]] of graph.saidOf(shape)) {
    if (!predicate.startsWith(SH)) continue;
    const name = predicate.slice(SH.length);
    if (OTHERS.includes(name)) continue;
    const read = Object.hasOwn(READERS, name) ? READERS[name](object, { graph, shape }) : "not supported";
    if (typeof read === "string") unsupported.push([`sh:${name}`, read]);
    else rules = { ...rules, ...read };
    if (more.length > 0 && name !== "message")
      unsupported.push([`sh:${name}`, `only the first of ${more.length + 1}`]);
  }
  return { rules, unsupported };
}

function scalarOf(term: Quad_Object): Scalar | null {
  if (term.termType !== "Literal") return null;
  const { value, datatype } = term as Literal;
  const kind = DATATYPES[datatype.value.replace(xsd, "")];
  if (kind === "NUMBER" || kind === "INTEGER") return Number(value);
  return kind === "BOOLEAN" ? value === "true" || value === "1" : value;
}
