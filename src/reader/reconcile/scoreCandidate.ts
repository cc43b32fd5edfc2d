import type { EntityId } from "../../kg/types.ts";
import type { NamedEntity } from "../../text/types.ts";
import { degreeOf } from "./degreeOf.ts";
import { type Fitted, fitOfProperty } from "./fitOfProperty.ts";
import { likenessOf } from "./likenessOf.ts";
import type { AskedName } from "./readName.ts";
import type { ResolvedProperty } from "./resolveProperties.ts";
import type { Feature } from "./types.ts";

const OF_NAME = 1;
const OF_PROPERTY = 0.5; // the weight of each property beside that of the name
const UNKNOWN = 0.5; // how well a property fits of which the entity has no value
const OTHER_TYPE = 0.6;

/** A query in terms of the graph. */
export interface ResolvedQuery {
  readonly name: AskedName | null;
  /** The entity that has the name as its key; null where none has. */
  readonly own: EntityId | null;
  readonly types: readonly string[];
  readonly properties: readonly ResolvedProperty[];
}

export interface ScoredCandidate {
  readonly entity: NamedEntity;
  /** 0…100 */
  readonly score: number;
  readonly features: readonly Feature[];
  /** Something tells against it: another type, another value of a property. */
  readonly isDoubtful: boolean;
  readonly degree: number;
}

/**
 * Scores an entity for a query: 100 × (likeness of the names + 0.5 × fit of each property) over what these could be
 * at most, × 0.6 where it has another type than asked for. Its key in place of a name is 100 points whatever else. The
 * features are the terms of that sum, and the number of triples that touch the entity.
 */
export function scoreCandidate(query: ResolvedQuery, entity: NamedEntity, fitted: Fitted): ScoredCandidate {
  const { graph, index } = fitted;
  const degree = degreeOf(index, graph);
  const count: Feature = { id: "degree", value: degree };
  if (query.own === entity.id) {
    return { entity, degree, score: 100, isDoubtful: false, features: [{ id: "key", value: true }, count] };
  }
  const name = query.name === null ? null : likenessOf(query.name, entity);
  const fits = query.properties.map((asked) => ({ id: asked.id, fit: fitOfProperty(asked, fitted) }));
  const hasType = query.types.length === 0 || query.types.includes(entity.type);
  const terms = [
    ...(name ? [{ weight: OF_NAME, value: name.likeness }] : []),
    ...fits.map(({ fit }) => ({ weight: OF_PROPERTY, value: fit ?? UNKNOWN })),
  ];
  const most = terms.reduce((sum, { weight }) => sum + weight, 0);
  const reached = terms.reduce((sum, { weight, value }) => sum + weight * value, 0);
  return {
    ...{ entity, degree },
    score: rounded((100 * (hasType ? 1 : OTHER_TYPE) * reached) / most),
    isDoubtful: !hasType || fits.some(({ fit }) => fit === 0),
    features: [
      ...(name
        ? [
            { id: "name", value: rounded(name.likeness) },
            { id: "alias", value: name.byAlias },
          ]
        : []),
      ...(query.types.length > 0 ? [{ id: "type", value: hasType }] : []),
      ...fits.map(({ id, fit }) => ({ id: `property ${id}`, value: rounded(fit ?? UNKNOWN) })),
      count,
    ],
  };
}

function rounded(value: number): number {
  return Math.round(10_000 * value) / 10_000;
}
