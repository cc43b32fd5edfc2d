import type { Page } from "../kg/types.ts";

/** Gives a page in Relay's shape; whatever else it carries stays. Cursors are made when they are read. */
export function connectionOf<T, P extends Page<T>>(page: P & Page<T> & { readonly nodes?: readonly T[] }) {
  if (page.nodes) return new Connection(page, page.nodes);
  return { ...page, nodes: page.edges.map(({ node }) => node), pageInfo: new PageInfo(page) };
}

/** A page that has its nodes already, and makes its edges when they are asked for. */
class Connection<T> {
  constructor(
    private readonly page: Page<T>,
    readonly nodes: readonly T[],
  ) {}

  get edges() {
    return this.page.edges;
  }
  get pageInfo() {
    return new PageInfo(this.page);
  }
}

class PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;

  constructor(private readonly page: Page<unknown>) {
    this.hasNextPage = page.hasNextPage;
    this.hasPreviousPage = page.hasPreviousPage;
  }

  get startCursor(): string | null {
    return this.page.edges[0]?.cursor ?? null;
  }
  get endCursor(): string | null {
    return this.page.edges.at(-1)?.cursor ?? null;
  }
}
