import type { EntityId, Graph, GraphStep } from "../../kg/types.ts";
import type { Chain, FormStep, LogicalForm } from "./types.ts";

type Path = readonly GraphStep[];
/** Paths by the index of the entity that they lead to. */
type Reached = Map<number, Path[]>;

const MOST_PATHS = 3; // kept of one chain to one entity
const WORK = 1_000_000; // edges read for one question

/** What a form comes to on a graph: paths, one or more per chain, by answer. */
export interface FormAnswers {
  readonly answers: ReadonlyMap<EntityId, readonly Path[]>;
  /** False where the question led to so many triples that the search stopped: there may be more answers. */
  readonly isComplete: boolean;
}

/** Walks a logical form over the graph in memory; stops after a million edges. */
export function runForm({ chains, last }: LogicalForm, graph: Graph): FormAnswers {
  const budget = { left: WORK };
  let met: Reached | null = null;
  for (const chain of chains) {
    const reached = follow(chain, graph, budget);
    met = met === null ? reached : meet(met, reached);
  }
  if (last) met = extend(met ?? new Map(), last, { graph, budget });
  const answers = new Map([...(met ?? [])].map(([index, paths]) => [graph.idOf(index), paths]));
  return { answers, isComplete: budget.left > 0 };
}

interface Walk {
  readonly graph: Graph;
  readonly budget: { left: number };
}

function follow({ anchor, steps }: Chain, graph: Graph, budget: Walk["budget"]): Reached {
  const start = graph.indexOf(anchor.id);
  let reached: Reached = new Map(start < 0 ? [] : [[start, [[]]]]);
  for (const step of steps) reached = extend(reached, step, { graph, budget });
  return reached;
}

function extend(from: Reached, step: FormStep, { graph, budget }: Walk): Reached {
  const reached: Reached = new Map();
  const directions = step.relation.symmetric ? (["OUT", "IN"] as const) : [step.direction];
  for (const [index, paths] of from) {
    for (const direction of directions) {
      const { start, end, neighbour, relation, triple, confidence } =
        direction === "OUT" ? graph.out(index) : graph.in(index);
      for (let at = start; at < end && budget.left > 0; at++) {
        budget.left--;
        const next = neighbour[at];
        if (graph.relations[relation[at]].id !== step.relation.id) continue;
        if (step.to !== null && graph.types[graph.typeOf(next)] !== step.to) continue;
        const hop: GraphStep = {
          ...{ from: graph.idOf(index), to: graph.idOf(next), relationId: step.relation.id, direction },
          ...{ tripleId: String(triple[at]), weight: confidence[at] / Math.log(2 + degreeOf(graph, next)) },
        };
        const known = reached.get(next) ?? [];
        known.push(...paths.map((path) => [...path, hop]).slice(0, MOST_PATHS - known.length));
        reached.set(next, known);
      }
    }
  }
  return reached;
}

function degreeOf(graph: Graph, index: number): number {
  const [out, into] = [graph.out(index), graph.in(index)];
  return out.end - out.start + into.end - into.start;
}

/** What two chains both reach, with the paths of both. */
function meet(a: Reached, b: Reached): Reached {
  const met: Reached = new Map();
  for (const [index, paths] of a) {
    const others = b.get(index);
    if (others) met.set(index, [...paths, ...others]);
  }
  return met;
}
