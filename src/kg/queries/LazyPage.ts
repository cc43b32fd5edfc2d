import type { Page } from "../types.ts";
import { packCursor } from "./cursor.ts";

/** A first page whose edges are made when they are asked for: most queries read nodes alone. */
export class LazyPage<T> implements Page<T> {
  readonly hasPreviousPage = false;
  readonly #order: Order<T>;
  #edges: Page<T>["edges"] | null = null;

  constructor(
    readonly nodes: readonly T[],
    readonly hasNextPage: boolean,
    order: Order<T>,
  ) {
    this.#order = order;
  }

  get edges() {
    this.#edges ??= this.nodes.map((node) => new LazyEdge(this.#order, node));
    return this.#edges;
  }
}

/** The order of a page: what its cursors are called, and the place of a node in it. */
export interface Order<T> {
  readonly name: string;
  positionOf(node: T): readonly string[];
}

class LazyEdge<T> {
  readonly #order: Order<T>;

  constructor(
    order: Order<T>,
    readonly node: T,
  ) {
    this.#order = order;
  }

  get cursor(): string {
    return packCursor(this.#order.name, this.#order.positionOf(this.node));
  }
}
