import type { NamedEntity } from "../../text/types.ts";

/** A value that a property of an entity is compared with. */
export type AskedValue = string | number | boolean | { readonly id: string; readonly name: string | null };

/** What an entity should have besides its name; one value of each property is enough to fit in part. */
export interface AskedProperty {
  /** Id of a property. */
  readonly property: string;
  readonly values: readonly AskedValue[];
}

/** One name to find the entity of, or, without a name, only what it should have. */
export interface ReconcileQuery {
  readonly name: string | null;
  /** Types it may have; empty for any. */
  readonly types: readonly string[];
  /** SHOULD: an entity of another type takes a lower place. ANY: it is left out. ALL: the same, and it must have all. */
  readonly strictness: "SHOULD" | "ANY" | "ALL";
  readonly properties: readonly AskedProperty[];
  /** The most candidates that are given. */
  readonly limit: number;
}

/** A number or a truth that the score was made of, by name. */
export interface Feature {
  readonly id: string;
  readonly value: number | boolean;
}

/** An entity that a query may mean. */
export interface ReconcileCandidate {
  readonly entity: NamedEntity;
  /** The start of its description; null where it has none. */
  readonly description: string | null;
  /** 0…100 */
  readonly score: number;
  /** Whether it is good enough, and far enough ahead of all others, to be taken without asking; at most the first is. */
  readonly match: boolean;
  readonly features: readonly Feature[];
}

/** An entity in a list to choose from. */
export type SuggestedEntity = Pick<NamedEntity, "key" | "type" | "name" | "year"> & {
  /** The start of its description; null where it has none. */
  readonly description: string | null;
};

/** A relation, walked from head to tail or (`^`) from tail to head, or an attribute (`@`). */
export interface ReconcileProperty {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface ReconcileType {
  readonly id: string;
  /** How many entities have it. */
  readonly count: number;
}

/** A value of a property; an entity has its key. */
export type PropertyValue =
  | { readonly key: string; readonly name: string }
  | { readonly literal: string | number | boolean };

/** One column to add: which property, how many values of it (0 for all), and what of an entity. */
export interface Column {
  readonly property: string;
  readonly limit: number;
  readonly content: "entity" | "name" | "id";
}

/** What a column holds, for each of the asked ids in their order. */
export interface ExtendedColumn {
  readonly property: ReconcileProperty;
  /** The one type that all its values have by the relation's definition, where there is one. */
  readonly type: string | null;
  readonly values: readonly (readonly PropertyValue[])[];
}

/** What a page about an entity shows. */
export interface EntityPage {
  readonly entity: NamedEntity;
  readonly description: string | null;
  /** Those that have values, with the first few of them. */
  readonly properties: readonly {
    readonly name: string;
    readonly values: readonly PropertyValue[];
    /** How many more values there are. */
    readonly more: number;
  }[];
}

/** Finds the entities that other people's tables mean, and what the graph says about them. */
export interface Reconciler {
  /** The IRI that an entity's key is written behind. */
  readonly identifierSpace: string;
  /** The IRI of what the graph's types are written behind. */
  readonly schemaSpace: string;
  /** The most common first. */
  types(): Promise<readonly ReconcileType[]>;
  /**
   * Candidates for each query, likeliest first.
   * @throws {DomainError} BAD_USER_INPUT for a property that the graph does not have
   */
  match(queries: readonly ReconcileQuery[]): Promise<readonly (readonly ReconcileCandidate[])[]>;
  /** Entities by the start of a name or word, or by their whole key; `skip` of them are left out. */
  suggestEntities(prefix: string, skip: number): Promise<readonly SuggestedEntity[]>;
  suggestTypes(prefix: string, skip: number): Promise<readonly ReconcileType[]>;
  suggestProperties(prefix: string, skip: number): Promise<readonly ReconcileProperty[]>;
  /** Properties that entities of a type have, the most common first; of any type where it is empty. */
  proposeProperties(type: string, limit: number): Promise<readonly ReconcileProperty[]>;
  /**
   * Values of properties for each of the ids; an unknown id has none.
   * @throws {DomainError} BAD_USER_INPUT for a property that the graph does not have, or too many values
   */
  extend(ids: readonly string[], columns: readonly Column[]): Promise<readonly ExtendedColumn[]>;
  /** Null where no entity has the key; `most` properties and values of each. */
  describe(
    key: string,
    most: { readonly properties: number; readonly values: number },
  ): Promise<EntityPage | null>;
}
