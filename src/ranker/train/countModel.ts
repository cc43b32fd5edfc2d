import type { Graph } from "../../kg/types.ts";
import { findCosineScale } from "../behaviour/findCosineScale.ts";
import { LIVE_DISCOUNT } from "../behaviour/LiveCounts.ts";
import type { Histories, Model, ModelConfig, NeighbourLists } from "../model.ts";
import { fitSource } from "./fitSource.ts";
import { fitSpaces, type SpaceSources } from "./fitSpaces.ts";
import { type Counted, countStatistics, placeLists } from "./fitStatistics.ts";
import { type ItemSpace, makeItemSpace } from "./itemSpace.ts";

/** All of a model that needs no held-out interactions: statistics, neighbour lists and vector spaces. */
export async function countModel(
  graph: Graph,
  histories: Histories,
  config: ModelConfig,
  sources: SpaceSources,
): Promise<Omit<Model, "weights" | "gates">> {
  const space = makeItemSpace(histories, graph.size);
  const counted = countStatistics(graph, space);
  return {
    config,
    statistics: counted.statistics,
    sources: countSources(config, space, counted),
    liveScale: findCosineScale(space, LIVE_DISCOUNT),
    spaces: await fitSpaces(graph, { space, counted }, config, sources),
  };
}

/** The neighbour lists of the behaviour sources. */
export function countSources(
  { sources, neighbours }: ModelConfig,
  space: ItemSpace,
  counted: Counted,
): NeighbourLists[] {
  return sources.map((source) => placeLists(fitSource(space, source, neighbours), counted));
}
