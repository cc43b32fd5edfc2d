import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findPaths } from "../../../src/kg/snapshot/findPaths.ts";
import { makeGraph } from "../../../src/kg/snapshot/makeGraph.ts";
import type { Edges, Graph, GraphPath } from "../../../src/kg/types.ts";
import { makeFilms, relation } from "./films.ts";

const strength = (path: GraphPath) => path.reduce((product, step) => product * step.weight, 1);
const route = (path: GraphPath) => path.map((step) => `${step.from}-${step.tripleId}-${step.to}`).join(" ");

describe("on the film graph", () => {
  it("gives the stronger of two paths of one length first, with each step's triple and weight", () => {
    const graph = makeFilms();
    const paths = findPaths(graph, graph.indexOf("1"), graph.indexOf("2"), { maxLength: 3, first: 10 });
    // Degrees: Scott 2, horror 2, Blade Runner 2. Each step: confidence / ln(2 + 2).
    const step = 1 / Math.log(4);
    expect(paths.map(route)).toEqual(["1-11-4 4-12-2", "1-13-5 5-14-2"]);
    expect(paths[0]).toEqual([
      { from: "1", to: "4", relationId: 1, direction: "OUT", tripleId: "11", weight: step },
      { from: "4", to: "2", relationId: 1, direction: "IN", tripleId: "12", weight: step },
    ]);
    expect(strength(paths[1])).toBeCloseTo(0.5 * step * step, 12);
  });

  it("finds nothing between parts of the graph that no triple joins, nor from an entity to itself", () => {
    const graph = makeFilms();
    expect(findPaths(graph, graph.indexOf("1"), graph.indexOf("3"), { maxLength: 6, first: 10 })).toEqual([]);
    expect(findPaths(graph, 0, 0, { maxLength: 6, first: 10 })).toEqual([]);
  });

  it.each([
    [{ maxLength: 0, first: 10 }, "maxLength is 0; expected a whole number from 1 to 6"],
    [{ maxLength: 7, first: 10 }, "maxLength is 7; expected a whole number from 1 to 6"],
    [{ maxLength: 2.5, first: 10 }, "maxLength is 2.5; expected a whole number from 1 to 6"],
    [{ maxLength: 3, first: 0 }, "first is 0; expected a whole number from 1 to 100"],
    [{ maxLength: 3, first: 101 }, "first is 101; expected a whole number from 1 to 100"],
  ])("refuses %o", (limits, message) => {
    expect(() => findPaths(makeFilms(), 0, 1, limits)).toThrow(
      expect.objectContaining({ code: "BAD_USER_INPUT", message }),
    );
  });

  it("refuses an index that is none", () => {
    expect(() => findPaths(makeFilms(), -1, 1, { maxLength: 3, first: 1 })).toThrow(RangeError);
  });
});

it("agrees with a walk over all simple paths, on random graphs", () => {
  const graphs = fc.integer({ min: 2, max: 7 }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      triples: fc.uniqueArray(
        fc.record({
          head: fc.integer({ min: 1, max: size }),
          relation: fc.integer({ min: 1, max: 2 }),
          tail: fc.integer({ min: 1, max: size }),
          confidence: fc.constantFrom(0, 0.25, 0.5, 0.9, 1),
        }),
        { maxLength: 14, selector: ({ head, relation, tail }) => `${head} ${relation} ${tail}` },
      ),
      maxLength: fc.integer({ min: 1, max: 6 }),
      first: fc.constantFrom(1, 2, 5, 100),
    }),
  );
  fc.assert(
    fc.property(graphs, ({ size, triples, maxLength, first }) => {
      const graph = makeGraph({
        entities: Array.from({ length: size }, (_, i) => ({ id: `${i + 1}`, type: "thing", isItem: false })),
        relations: [relation(1, "a"), relation(2, "b")],
        triples: triples.map(({ head, relation, tail, confidence }, i) => {
          return { id: `${i + 1}`, headId: `${head}`, relationId: relation, tailId: `${tail}`, confidence };
        }),
      });
      const found = findPaths(graph, 0, size - 1, { maxLength, first });
      const all = allPaths(graph, 0, size - 1, maxLength);
      const expected = all.slice(0, first);
      expect(found.map((path) => path.length)).toEqual(expected.map((path) => path.length));
      found.forEach((path, i) => {
        expect(strength(path)).toBeCloseTo(strength(expected[i]), 12);
      });
      const known = new Map(all.map((path) => [route(path), path]));
      expect(new Set(found.map(route)).size).toBe(found.length);
      for (const path of found) expect(path).toEqual(known.get(route(path)));
      expect(findPaths(graph, 0, size - 1, { maxLength, first })).toEqual(found);
    }),
    { numRuns: 400 },
  );
});

/** Every simple path by plain recursion, shortest first, then strongest. */
function allPaths(graph: Graph, from: number, to: number, maxLength: number): GraphPath[] {
  const paths: GraphPath[] = [];
  const degree = (i: number) => graph.out(i).end - graph.out(i).start + graph.in(i).end - graph.in(i).start;
  const walk = (at: number, visited: readonly number[], path: GraphPath) => {
    if (at === to) paths.push(path);
    if (at === to || path.length === maxLength) return;
    const follow = (edges: Edges, direction: "OUT" | "IN") => {
      for (let i = edges.start; i < edges.end; i++) {
        const next = edges.neighbour[i];
        if (visited.includes(next)) continue;
        walk(
          next,
          [...visited, next],
          [
            ...path,
            {
              from: graph.idOf(at),
              to: graph.idOf(next),
              relationId: graph.relations[edges.relation[i]].id,
              direction,
              tripleId: String(edges.triple[i]),
              weight: edges.confidence[i] * (1 / Math.log(2 + degree(next))),
            },
          ],
        );
      }
    };
    follow(graph.out(at), "OUT");
    follow(graph.in(at), "IN");
  };
  walk(from, [from], []);
  return paths.sort((a, b) => a.length - b.length || strength(b) - strength(a));
}

describe("with hubs", () => {
  // Two hubs (1, 2) share 30,000 films; ends 3 and 4 hang on one hub each.
  const films = 30_000;
  const hubs = makeGraph({
    entities: Array.from({ length: films + 4 }, (_, i) => ({ id: `${i + 1}`, type: "thing", isItem: false })),
    relations: [relation(1, "has")],
    triples: Array.from({ length: films }, (_, i) => [1, 2].map((hub) => [hub, i + 5]))
      .flat()
      .concat([
        [1, 3],
        [2, 4],
      ])
      .map(([head, tail], i) => {
        return { id: `${i + 1}`, headId: `${head}`, relationId: 1, tailId: `${tail}`, confidence: 1 };
      }),
  });

  it("finds the paths between the hubs and between what hangs on them", () => {
    expect(findPaths(hubs, 0, 1, { maxLength: 6, first: 100 }).map(({ length }) => length)).toEqual(
      new Array(100).fill(2),
    );
    expect(findPaths(hubs, 2, 3, { maxLength: 6, first: 3 }).map(({ length }) => length)).toEqual([4, 4, 4]);
  });

  it("stops at the bound on its work and gives the shorter paths that it has", () => {
    const near = findPaths(hubs, 0, 2, { maxLength: 6, first: 10, work: 1_000 });
    expect(near.map(route)).toEqual(["1-60001-3"]);
    expect(findPaths(hubs, 2, 3, { maxLength: 6, first: 3, work: 1_000 })).toEqual([]);
  });
});
