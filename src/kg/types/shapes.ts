import type { Severity } from "./curation.ts";
import type { EntityId, RelationId, TripleId } from "./graph.ts";

/** What a value must be. Dates and times are text as in ISO 8601, because JSON has no others. */
export type Datatype = "STRING" | "NUMBER" | "INTEGER" | "BOOLEAN" | "DATE" | "DATE_TIME" | "URL";
export type Scalar = string | number | boolean;

/** What the values of an attribute, or the triples of a relation, must be like. Null sets no bound. */
export interface ShapeRules {
  readonly minCount?: number | null;
  readonly maxCount?: number | null;
  readonly datatype?: Datatype | null;
  /** A regular expression of RE2's syntax, which matches in linear time, found anywhere in the text. */
  readonly pattern?: string | null;
  /** Some of i (any case), m (lines) and s (dot is any character). */
  readonly flags?: string | null;
  /** Of the text of a value, in characters. */
  readonly minLength?: number | null;
  readonly maxLength?: number | null;
  readonly minimum?: number | null;
  readonly maximum?: number | null;
  /** The only values. */
  readonly allowed?: readonly Scalar[] | null;
  /** Types of the entity at the other end of the relation. */
  readonly nodeTypes?: readonly string[] | null;
}

/** What entities of one type must be like in one respect: in an attribute, or in a relation. */
export interface Shape extends Required<ShapeRules> {
  readonly id: number;
  readonly key: string;
  /** Null for entities of any type. */
  readonly type: string | null;
  /** Name of an attribute, or "@key", "@name", "@description", "@aliases"; null where it is about a relation. */
  readonly attribute: string | null;
  readonly relationId: RelationId | null;
  /** OUT: triples that the entity is the head of; IN: the tail. Null where it is about an attribute. */
  readonly direction: "OUT" | "IN" | null;
  /** The relation that says the same from the other end: a triple is stated by one of the two only. */
  readonly inverseId: RelationId | null;
  readonly severity: Severity;
  /** Told in place of the words that are made from the rule. */
  readonly message: string | null;
  readonly revision: number;
}

/** A shape by its key, as a whole: what is absent sets no bound. Relations are keys. */
export interface ShapeDefinition extends ShapeRules {
  readonly key: string;
  readonly type?: string | null;
  readonly attribute?: string | null;
  readonly relation?: string | null;
  readonly direction?: "OUT" | "IN" | null;
  readonly inverse?: string | null;
  readonly severity?: Severity | null;
  readonly message?: string | null;
}

/** Something in the graph that is not as it should be. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly code: string;
  /** Key of the shape; null where the relation's own rule is broken. */
  readonly shape: string | null;
  /** Key of the entity. */
  readonly entity: string;
  readonly tripleId: TripleId | null;
  readonly message: string;
}

/** How often one rule is broken. */
export interface FindingCount {
  readonly severity: Severity;
  readonly code: string;
  readonly shape: string | null;
  readonly count: number;
}

/** A shape that something in the graph breaks. */
export interface ShapeBreach {
  readonly shape: Shape;
  readonly entityId: EntityId;
  readonly tripleId: TripleId | null;
  /** What is wrong, and what was expected. */
  readonly message: string;
}
