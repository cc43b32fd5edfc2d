import type { Page } from "../kg/types.ts";

/** Gives a page in Relay's shape; whatever else it carries stays. Cursors are made when they are read. */
export function connectionOf<P extends Page<unknown>>(page: P) {
  const { hasNextPage, hasPreviousPage, edges } = page;
  return {
    ...page,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      get startCursor() {
        return edges[0]?.cursor ?? null;
      },
      get endCursor() {
        return edges.at(-1)?.cursor ?? null;
      },
    },
  };
}
