import type { Graph } from "../../kg/types.ts";
import { countDegree } from "../../ranker/bindModel.ts";
import { createRanker } from "../../ranker/createRanker.ts";
import {
  type ExplainedPath,
  measurePathQuality,
  type PathQuality,
  smoothRanks,
} from "../../ranker/evaluate/faithfulness/pathQuality.ts";
import { mean } from "../../ranker/evaluate/measure.ts";
import type { Evidence } from "../../ranker/types.ts";
import { TOP } from "../../recommend/counterfactual.ts";
import { visitUser } from "./samplePairs.ts";
import type { Audited, AuditReport, Pair } from "./types.ts";

const MOST_USERS = 200;

/** Measures the strongest path of each of the ten best items, for the users of the pairs, at most 200 of them. */
export function measureQuality(audited: Audited, pairs: readonly Pair[]): AuditReport["pathQuality"] {
  const { graph, model } = audited;
  const popularity = rankEntities(graph);
  const types = graph.relations.length + 1 + model.spaces.filter(({ kind }) => kind !== "BEHAVIOUR").length;
  const users = [...new Set(pairs.map(({ user }) => user))].slice(0, MOST_USERS);
  const found = users.flatMap((user) => {
    const paths = listStrongest(audited, user, popularity);
    return paths.length > 0 ? [measurePathQuality(paths, types)] : [];
  });
  return { ...averageOver(found), users: found.length };
}

function listStrongest(audited: Audited, user: number, popularity: Float64Array): ExplainedPath[] {
  const { info, model, graph, histories } = audited;
  const ranker = createRanker(info, model, graph);
  const { signals, top } = visitUser(audited, ranker, user);
  const [start, end] = [histories.offsets[user], histories.offsets[user + 1]];
  const recency = rankInteractions(histories.item.subarray(start, end), histories.time.subarray(start, end));
  return top.slice(0, TOP).flatMap(({ item }) => {
    const [strongest] = ranker.explain(signals, item, 1).evidence;
    return strongest ? [describePath(graph, strongest, { recency, popularity })] : [];
  });
}

function describePath(
  graph: Graph,
  evidence: Evidence,
  {
    recency,
    popularity,
  }: { readonly recency: ReadonlyMap<number, number>; readonly popularity: Float64Array },
): ExplainedPath {
  const steps = evidence.steps;
  const link = graph.indexOf(steps[0].from);
  const last = steps[steps.length - 1];
  const before = graph.indexOf(last.from);
  const shared = last.kind === "TRIPLE" && before !== link ? before : null;
  return {
    link,
    recency: recency.get(link) ?? 0,
    shared,
    popularity: shared === null ? 0 : popularity[shared],
    type: last.relationId === null ? last.kind : `${last.relationId}`,
  };
}

/** Item → recency of its interaction, 0..1; by order where a time is missing. */
function rankInteractions(items: Int32Array, times: Float64Array): ReadonlyMap<number, number> {
  const known = times.every((time) => !Number.isNaN(time));
  const smooth = smoothRanks(Array.from(items, (_, at) => (known ? times[at] : at)));
  return new Map(Array.from(items, (item, at) => [item, smooth[at]]));
}

/** Popularity of each entity among those of its type, by its triples, 0..1. */
function rankEntities(graph: Graph): Float64Array {
  const byType = graph.types.map((): { index: number; degree: number }[] => []);
  for (let index = 0; index < graph.size; index++) {
    const type = graph.typeOf(index);
    if (type >= 0 && type < byType.length) byType[type].push({ index, degree: countDegree(graph, index) });
  }
  const ranks = new Float64Array(graph.size);
  for (const entities of byType) {
    if (entities.length === 0) continue;
    entities.sort((a, b) => a.degree - b.degree);
    smoothRanks(entities.map(({ degree }) => degree)).forEach((rank, at) => {
      ranks[entities[at].index] = rank;
    });
  }
  return ranks;
}

/** Mean over users of each metric, over those who have it; NaN where nobody does. */
function averageOver(users: readonly PathQuality[]): PathQuality {
  const average = (name: keyof PathQuality) => {
    const known = users.map(({ [name]: value }) => value).filter((value) => !Number.isNaN(value));
    return known.length > 0 ? mean(known) : Number.NaN;
  };
  const [LIR, SEP, LID] = [average("LIR"), average("SEP"), average("LID")];
  const [SED, PTD, PTC] = [average("SED"), average("PTD"), average("PTC")];
  return { LIR, SEP, LID, SED, PTD, PTC };
}
