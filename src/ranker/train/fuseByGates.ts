import type { Graph } from "../../kg/types.ts";
import type { TripleColumns } from "../embed/types.ts";
import { componentOf, type GroupLayout, nameGroups } from "../groups.ts";
import type { FusionWeights, Model } from "../model.ts";
import { slopeAtZero } from "../shape.ts";
import type { UserPaths } from "./gates/collectPaths.ts";
import { fitGates, type GateEpoch } from "./gates/fitGates.ts";

/** What the gates are learned from: a model of static fusion and the paths of some users under it. */
export interface GateData {
  readonly graph: Graph;
  readonly model: Model;
  readonly layout: GroupLayout;
  readonly users: readonly UserPaths[];
  readonly seed: number;
  readonly onEpoch?: (numbers: GateEpoch) => void | Promise<void>;
}

/** Gates by the positions of the model that they were learned with, and the shapes behind them. */
export interface Gated {
  readonly gates: NonNullable<Model["gates"]>;
  readonly weights: FusionWeights;
  readonly metrics: { readonly [name: string]: number };
}

/**
 * Learns dynamic or collaborative fusion on top of static fusion: gates for the paths of behaviour sources,
 * direct triples and relations. Factors and texts have a part for every item of the history; they are not gated.
 */
export async function fuseByGates({ graph, model, layout, users, seed, onEpoch }: GateData): Promise<Gated> {
  const { fusion } = model.config;
  if (fusion === "static") throw new RangeError('fusion is "static"; expected "dynamic" or "collaborative"');
  const names = nameGroups(
    layout,
    graph.relations.map(({ key }) => key),
  );
  const { gates, shapes, before, after } = await fitGates({
    ...{ users, fusion, seed, onEpoch },
    triples: listTriples(graph, model.statistics.ids),
    groups: names.map((name, group) => {
      const shape = model.weights.shapes[name] ?? model.weights.otherRelation;
      return { name, shape, gated: isGated(layout, group) && slopeAtZero(shape) > 0 };
    }),
    text: model.spaces.find(({ kind }) => kind === "TEXT") ?? null,
  });
  return {
    gates,
    weights: { ...model.weights, shapes },
    metrics: { "gates.before.ndcg@10": before, "gates.after.ndcg@10": after },
  };
}

function isGated(layout: GroupLayout, group: number): boolean {
  const component = componentOf(layout, group);
  const isSpace = group >= layout.firstSpace && group < layout.firstRelation;
  return !isSpace && group !== layout.interest && (component === "BEHAVIOUR" || component === "KNOWLEDGE");
}

/** The graph's triples between entities that training has seen, by their positions. */
function listTriples(graph: Graph, ids: Float64Array): TripleColumns {
  const indices = Int32Array.from(ids, (id) => graph.indexOf(String(id)));
  const positionOf = new Int32Array(graph.size).fill(-1);
  indices.forEach((index, at) => {
    if (index >= 0) positionOf[index] = at;
  });
  const [head, relation, tail]: number[][] = [[], [], []];
  indices.forEach((index, at) => {
    if (index < 0) return;
    const edges = graph.out(index);
    for (let edge = edges.start; edge < edges.end; edge++) {
      const other = positionOf[edges.neighbour[edge]];
      if (other < 0) continue;
      head.push(at);
      relation.push(edges.relation[edge]);
      tail.push(other);
    }
  });
  return {
    entities: ids.length,
    relations: graph.relations.length,
    head: Int32Array.from(head),
    relation: Int32Array.from(relation),
    tail: Int32Array.from(tail),
  };
}

/** Lays an embedding out by the positions of another model of the same graph; 0 where it was not learned. */
export function moveGates(gates: Gated["gates"], from: Float64Array, to: Float64Array): Gated["gates"] {
  const { dim } = gates;
  const embedding = new Float32Array(to.length * dim);
  const placeOf = new Map(Array.from(from, (id, at) => [id, at]));
  to.forEach((id, at) => {
    const place = placeOf.get(id);
    if (place !== undefined)
      embedding.set(gates.embedding.subarray(place * dim, (place + 1) * dim), at * dim);
  });
  return { ...gates, embedding };
}
