import type { EntityId, Revision } from "../kg/types.ts";
import { digest, packPageCursor } from "./cursor.ts";
import type { Mark, SeenHistory } from "./ports.ts";

/** What one list was made from, to tell whether it is still the list of now, and to make it again. */
export class Pin {
  #state: string | null = null;

  constructor(
    private readonly made: {
      readonly request: string;
      readonly model: string;
      readonly revision: Revision;
      readonly history: SeenHistory | null;
      readonly mark: Mark | null;
      readonly trendsUntil: number | null;
      readonly scenario: number | null;
    },
  ) {}

  get moment(): string | null {
    return this.made.mark?.moment ?? null;
  }

  /** Digest of the state, worked out when a cursor is asked for: most answers are read without. */
  get state(): string {
    const { model, revision, history, mark, trendsUntil, scenario } = this.made;
    const items = history?.items.map(({ item, kind, weight, at }) => [item, kind, weight, at?.getTime()]);
    this.#state ??= digest([model, revision, mark?.stamp, trendsUntil, scenario, items, history?.wishes]);
    return this.#state;
  }

  cursorAt(rank: number): string {
    const { state, moment } = this;
    return packPageCursor({ rank, request: this.made.request, state, pin: moment });
  }
}

/** An edge of a pinned list; packs its cursor only when asked. */
export class PinnedEdge<T extends { readonly rank: number }> {
  readonly #pin: Pick<Pin, "cursorAt">;

  constructor(
    pin: Pick<Pin, "cursorAt">,
    readonly node: T,
  ) {
    this.#pin = pin;
  }

  get cursor(): string {
    return this.#pin.cursorAt(this.node.rank);
  }
}

/** The next `first` of a list behind place `start`, with their places; what is hidden keeps its place and is passed over. */
export function takePage<T extends { readonly item: number }>(
  list: readonly T[],
  { start, first }: { readonly start: number; readonly first: number },
  isHidden: (item: number) => boolean,
): { readonly page: readonly (readonly [rank: number, one: T])[]; readonly more: boolean } {
  const page: [number, T][] = [];
  for (let at = start; at < list.length; at++) {
    if (isHidden(list[at].item)) continue;
    if (page.length === first) return { page, more: true };
    page.push([at + 1, list[at]]);
  }
  return { page, more: false };
}

/** Ids as a test of items. */
export function hiddenIn(
  ids: ReadonlySet<EntityId> | undefined,
  idOf: (item: number) => EntityId,
): (item: number) => boolean {
  return ids && ids.size > 0 ? (item) => ids.has(idOf(item)) : () => false;
}
