import { FLAT, type Shape, slopeAtZero, straight } from "./shape.ts";
import type { VectorSpace } from "./spaces.ts";
import type { ComponentKind } from "./types.ts";

/**
 * The groups of paths: the masses of one group add up before its shape is taken. Numbers 0…G−1: the behaviour
 * sources, popularity, recent popularity, direct triples, named interests, the vector spaces, then one per relation of the graph
 * (an entity that both ends share over it), so that relations which come later only add to the end.
 */
export interface GroupLayout {
  readonly sources: readonly string[];
  readonly popularity: number;
  readonly recent: number;
  readonly direct: number;
  readonly interest: number;
  readonly firstSpace: number;
  readonly spaces: readonly Pick<VectorSpace, "name" | "kind">[];
  readonly firstRelation: number;
}

export function layOutGroups(sources: readonly string[], spaces: GroupLayout["spaces"]): GroupLayout {
  const popularity = sources.length;
  const firstSpace = popularity + 4;
  return {
    sources,
    popularity,
    recent: popularity + 1,
    direct: popularity + 2,
    interest: popularity + 3,
    firstSpace,
    spaces,
    firstRelation: firstSpace + spaces.length,
  };
}

/** Names of the groups: the keys under which a model stores what it learned of them. */
export function nameGroups(layout: GroupLayout, relationKeys: readonly string[]): string[] {
  return [
    ...layout.sources.map((name) => `behaviour:${name}`),
    "popularity",
    "recent",
    "direct",
    "interest",
    ...layout.spaces.map(({ name }) => `space:${name}`),
    ...relationKeys.map((key) => `relation:${key}`),
  ];
}

/** The component of the score that a group belongs to. */
export function componentOf(layout: GroupLayout, group: number): ComponentKind {
  if (group < layout.popularity) return "BEHAVIOUR";
  if (group === layout.popularity || group === layout.recent) return "ITEM";
  if (group < layout.firstSpace || group >= layout.firstRelation) return "KNOWLEDGE";
  return layout.spaces[group - layout.firstSpace].kind;
}

/** The vector space of a group; −1 where it is of none. */
export function spaceOf({ firstSpace, firstRelation }: GroupLayout, group: number): number {
  return group >= firstSpace && group < firstRelation ? group - firstSpace : -1;
}

/** The weights of a model that has learned nothing: behaviour first, shared entities beside it. */
export function makeDefaultShapes(
  layout: GroupLayout,
  knowledge = 0.2,
): { readonly shapes: { readonly [group: string]: Shape }; readonly otherRelation: Shape } {
  const shapes: Record<string, Shape> = { popularity: straight(0.02) };
  for (const name of layout.sources) shapes[`behaviour:${name}`] = straight(1);
  for (const name of ["direct", "interest"]) shapes[name] = straight(knowledge);
  for (const { name, kind } of layout.spaces) {
    shapes[`space:${name}`] = kind === "BEHAVIOUR" ? straight(1) : FLAT;
  }
  return { shapes, otherRelation: straight(knowledge) };
}

/** ω of a component: the mean slope at zero of its groups that carry weight; 0 for none. */
export function meanSlope(shapes: readonly Shape[]): number {
  const slopes = shapes.map(slopeAtZero).filter((slope) => slope > 0);
  return slopes.length > 0 ? slopes.reduce((sum, slope) => sum + slope, 0) / slopes.length : 0;
}
