/** Share of the first `count` names of two lists that both have, of as many as the longer of the two has there. */
export function overlapTop(a: readonly string[], b: readonly string[], count: number): number {
  const [first, second] = [new Set(a.slice(0, count)), new Set(b.slice(0, count))];
  const most = Math.max(first.size, second.size);
  const shared = [...first].filter((name) => second.has(name)).length;
  return most === 0 ? 1 : shared / most;
}
