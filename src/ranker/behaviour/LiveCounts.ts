/** What a user did, as the counts take it; ids ascend, and an item's first interaction is the one that counts. */
export interface LiveHistory {
  readonly user: string;
  readonly ids: readonly number[];
  /** Entity id of each interaction's item. */
  readonly items: readonly number[];
  /** Whether the model has not been fitted on it. */
  readonly fresh: readonly boolean[];
}

export interface LiveLimits {
  /** Items before a new one that it is paired with. */
  readonly window?: number;
  /** Items of users and cells of pairs that are held, about 35 bytes each. */
  readonly mostEntries?: number;
}

/** Shares are whole numbers of this unit: their sums are exact, and do not depend on the order of adding. */
export const SHARE_UNIT = 2 ** 24;

/** Exponent of the popularity discount at both ends of a live pair. */
export const LIVE_DISCOUNT = 0.25;

/** Entries of the queue that may have died before it is cleared of them. */
const SLACK = 1_000;

/** One interaction that is counted: its id, and the place of its item among the user's. */
interface Counted {
  readonly id: number;
  readonly user: string;
  readonly place: number;
  live: boolean;
}

interface LiveUser {
  /** Each once, in the order in which they were first met. */
  readonly items: readonly number[];
  /** Ascending ids. */
  readonly counted: Counted[];
}

/**
 * Counts which items were met together since the model was fitted: when a user meets item i as the n-th, i and each
 * of the up to 200 items before it share 1/n more, as the co-interaction kernel has it of a user with n items.
 * The counts are a function of the histories alone: recording one twice, late, or in another order gives the same
 * numbers to the last bit. Beyond `mostEntries` the interactions with the lowest ids are dropped.
 * Cost of an interaction: O(window); `npm run bench -- live` prints it.
 */
export class LiveCounts {
  readonly #window: number;
  readonly #mostEntries: number;
  readonly #users = new Map<string, LiveUser>();
  readonly #shares = new Map<number, Map<number, number>>();
  readonly #newUsers = new Map<number, number>();
  /** Ascending ids from `#oldest` on; what is no longer live is skipped. */
  #queue: Counted[] = [];
  #oldest = 0;
  #live = 0;
  #entries = 0;
  #floor = 0;
  #version = 0;

  constructor({ window = 200, mostEntries = 1_000_000 }: LiveLimits = {}) {
    this.#window = window;
    this.#mostEntries = mostEntries;
  }

  /** Grows with every change of the counts. */
  get version(): number {
    return this.#version;
  }

  /** Users with something that is counted. */
  get users(): number {
    return this.#users.size;
  }

  /** Items of users and cells of pairs that are held. */
  get entries(): number {
    return this.#entries;
  }

  /** Interactions up to this id are dropped, or would be at once. */
  get floor(): number {
    return this.#floor;
  }

  /** What `item` shares with other items, in `SHARE_UNIT`s; the map is the counts' own. */
  sharesOf(item: number): ReadonlyMap<number, number> | undefined {
    return this.#shares.get(item);
  }

  /** Users who met `item` since the model was fitted. */
  newUsersOf(item: number): number {
    return this.#newUsers.get(item) ?? 0;
  }

  /** Takes a user's history in place of the one before; where it only goes on, only what is new is counted. */
  record(history: LiveHistory): void {
    const next = readUser(history, this.#floor);
    const before = this.#users.get(history.user);
    const known = before && goesOn(before, next) ? before : undefined;
    if (before && !known) this.forget(history.user);
    if (next.counted.length === 0) return;
    const start = known?.counted.length ?? 0;
    const fresh = next.counted.slice(start);
    if (fresh.length === 0 && known?.items.length === next.items.length) return;
    this.#version++;
    this.#users.set(history.user, { items: next.items, counted: [...(known?.counted ?? []), ...fresh] });
    this.#entries += next.items.length - (known?.items.length ?? 0);
    for (const counted of fresh) {
      this.#count(next.items, counted, 1);
      this.#enqueue(counted);
    }
    while (this.#entries > this.#mostEntries) this.#dropOldest();
  }

  /** Forgets a user: what the user's interactions had added is taken away. */
  forget(user: string): void {
    const known = this.#users.get(user);
    if (!known) return;
    this.#version++;
    this.#users.delete(user);
    this.#entries -= known.items.length;
    for (const counted of known.counted) {
      counted.live = false;
      this.#count(known.items, counted, -1);
    }
  }

  /** Adds (1) or takes away (−1) what one interaction adds. */
  #count(items: readonly number[], { place }: Counted, sign: 1 | -1): void {
    const item = items[place];
    this.#live += sign;
    const share = sign * Math.round(SHARE_UNIT / (place + 1));
    for (let at = Math.max(0, place - this.#window); at < place; at++) {
      this.#entries += this.#add(items[at], item, share) + this.#add(item, items[at], share);
    }
    const users = this.newUsersOf(item) + sign;
    if (users > 0) this.#newUsers.set(item, users);
    else this.#newUsers.delete(item);
  }

  /** Changes one cell; gives by how many the cells have become more. */
  #add(from: number, to: number, share: number): number {
    let row = this.#shares.get(from);
    if (!row) {
      row = new Map();
      this.#shares.set(from, row);
    }
    const before = row.get(to);
    const after = (before ?? 0) + share;
    if (after !== 0) {
      row.set(to, after);
      return before === undefined ? 1 : 0;
    }
    row.delete(to);
    if (row.size === 0) this.#shares.delete(from);
    return -1;
  }

  #enqueue(counted: Counted): void {
    if (this.#queue.length > 2 * this.#live + SLACK) {
      this.#queue = this.#queue.slice(this.#oldest).filter(({ live }) => live);
      this.#oldest = 0;
    }
    let at = this.#queue.length;
    while (at > this.#oldest && this.#queue[at - 1].id > counted.id) at--;
    if (at === this.#queue.length) this.#queue.push(counted);
    else this.#queue.splice(at, 0, counted);
  }

  #dropOldest(): void {
    const counted = this.#queue[this.#oldest++];
    if (!counted.live) return;
    counted.live = false;
    this.#floor = counted.id;
    const user = this.#users.get(counted.user) as LiveUser;
    this.#count(user.items, counted, -1);
    user.counted.shift();
    if (user.counted.length > 0) return;
    this.#users.delete(counted.user);
    this.#entries -= user.items.length;
  }
}

/** Leaves out repetitions and what is at or below the floor. */
function readUser({ user, ids, items, fresh }: LiveHistory, floor: number): LiveUser {
  const distinct: number[] = [];
  const counted: Counted[] = [];
  const met = new Set<number>();
  items.forEach((item, at) => {
    if (met.has(item)) return;
    met.add(item);
    if (fresh[at] && ids[at] > floor) counted.push({ id: ids[at], user, place: distinct.length, live: true });
    distinct.push(item);
  });
  return { items: distinct, counted };
}

/** Tells whether `next` begins with all that `known` has. */
function goesOn(known: LiveUser, next: LiveUser): boolean {
  return (
    known.items.length <= next.items.length &&
    known.counted.length <= next.counted.length &&
    known.items.every((item, at) => next.items[at] === item) &&
    known.counted.every(({ id, place }, at) => next.counted[at].id === id && next.counted[at].place === place)
  );
}
