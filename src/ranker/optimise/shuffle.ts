import type { Random } from "../random.ts";

/** Shuffles `order` in place, every order as likely as any other (Fisher–Yates). */
export function shuffle(order: Int32Array, random: Random): Int32Array {
  for (let last = order.length - 1; last > 0; last--) {
    const chosen = random.below(last + 1);
    const kept = order[last];
    order[last] = order[chosen];
    order[chosen] = kept;
  }
  return order;
}
