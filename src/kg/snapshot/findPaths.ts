import { DomainError } from "../../errors.ts";
import type { Graph, GraphPath } from "../types.ts";
import { PathSearch } from "./PathSearch.ts";

const LONGEST = 6;
const MOST = 100;
/** Edges read to widen one search; as many again may be to put its paths together. */
const WORK = 1_000_000;

/**
 * Finds the simple paths between two entities (by index), shortest first, then strongest: the highest product of
 * its steps' weights. Triples are walked either way; two triples between the same entities make two paths.
 *
 * Searches from both ends, each time on the side that reads fewer edges, then best first. A search stops
 * widening after 1,000,000 edges, so that a hub cannot hang it: it then gives what it has, in which only paths of
 * the last length, or longer ones, may be missing. The same graph always gives the same paths in the same order.
 * @throws {DomainError} BAD_USER_INPUT where `maxLength` is not 1…6 or `first` not 1…100
 * @see test/bench/paths.ts prints its time beside a recursive query in Postgres
 */
export function findPaths(
  graph: Graph,
  from: number,
  to: number,
  { maxLength, first, work = WORK }: { maxLength: number; first: number; work?: number },
): GraphPath[] {
  assertWithin("maxLength", maxLength, LONGEST);
  assertWithin("first", first, MOST);
  assertIndex(graph, from);
  assertIndex(graph, to);
  const found: GraphPath[] = [];
  if (from === to) return found;
  const search = new PathSearch(graph, from, to, work);
  for (let length = 1; length <= maxLength && found.length < first && !search.exhausted; length++) {
    found.push(...search.findOfLength(length, first - found.length));
  }
  return found;
}

function assertWithin(what: string, value: number, highest: number): void {
  if (!Number.isInteger(value) || value < 1 || value > highest) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `${what} is ${value}; expected a whole number from 1 to ${highest}`,
    );
  }
}

function assertIndex(graph: Graph, index: number): void {
  if (!(Number.isInteger(index) && index >= 0 && index < graph.size)) {
    throw new RangeError(`${index} is no entity index; expected 0 to ${graph.size - 1}`);
  }
}
