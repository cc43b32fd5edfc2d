import { isDeepStrictEqual } from "node:util";
import { askGraphql } from "../support/askGraphql.ts";
import type { Read } from "./reads.ts";

/**
 * Asks both servers for the same and compares what the answers hold, for the first `count` sets of variables; gives
 * how many agree.
 * @throws {Error} with both answers where they do not
 */
export async function compareAnswers(
  read: Read,
  urls: { readonly ours: string; readonly theirs: string },
  count: number,
): Promise<number> {
  const chosen = read.variables.slice(0, count);
  for (const variables of chosen) {
    const ours = read.readOurs(await askGraphql(urls.ours, JSON.stringify({ query: read.ours, variables })));
    const theirs = read.readTheirs(
      await askGraphql(urls.theirs, JSON.stringify({ query: read.theirs, variables })),
    );
    if (!isDeepStrictEqual(ours, theirs)) {
      throw new Error(
        `${read.name}: the answers to ${JSON.stringify(variables)} differ:\n${JSON.stringify(ours)}\n${JSON.stringify(theirs)}`,
      );
    }
  }
  return chosen.length;
}
