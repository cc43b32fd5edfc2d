import type { Context } from "../context.ts";
import type { EntityByInput } from "../schema/inputs/EntityByInput.ts";
import { MAX_PAGE, MAX_PATH_LENGTH } from "../schema/limits.ts";
import { boundedCount } from "./boundedCount.ts";
import { requireEntityBy } from "./findEntityBy.ts";
import { pathOf } from "./pathOf.ts";

interface PathsQuery {
  readonly from: EntityByInput;
  readonly to: EntityByInput;
  readonly maxLength: number | null;
  readonly first: number | null;
}

/**
 * Finds paths between two entities in the snapshot.
 * @throws {DomainError} NOT_FOUND where an end is unknown, BAD_USER_INPUT where a number is out of bounds
 */
export async function findPathsBetween(query: PathsQuery, context: Context) {
  const options = {
    maxLength: boundedCount(query.maxLength, {
      name: "maxLength",
      fallback: 3,
      least: 1,
      most: MAX_PATH_LENGTH,
    }),
    first: boundedCount(query.first, { fallback: 10, most: MAX_PAGE }),
  };
  const [from, to] = await Promise.all([
    requireEntityBy(query.from, context),
    requireEntityBy(query.to, context),
  ]);
  if (options.first === 0) return [];
  return context
    .findPaths(from.id, to.id, options)
    .map((steps) => pathOf(steps.map((step) => ({ ...step, kind: "TRIPLE" }))));
}
