import DataLoader from "dataloader";

/**
 * Makes a loader from a query that answers many keys at once. A key that cannot be one in Postgres is not sent:
 * it would fail the whole batch. What the query leaves out is `missing`.
 */
export function makeLoader<K, V>(
  find: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>,
  isKey: (key: K) => boolean,
  missing: V,
): DataLoader<K, V> {
  return new DataLoader<K, V>(async (keys) => {
    const known = keys.filter(isKey);
    const found = known.length > 0 ? await find(known) : new Map<K, V>();
    return keys.map((key) => found.get(key) ?? missing);
  });
}

/** Makes one loader per set of arguments; equal arguments, written with the same fields, share it. */
export function makeFamily<A, L>(make: (args: A) => L): { of(args: A): L; clear(): void } {
  const members = new Map<string, L>();
  return {
    of(args) {
      const name = JSON.stringify(args);
      const member = members.get(name) ?? make(args);
      members.set(name, member);
      return member;
    },
    clear: () => members.clear(),
  };
}
