/** A history in two: places that are shown, newest first, and places that are asked for, with weights that sum to 1. */
export interface SplitHistory {
  readonly shown: readonly number[];
  readonly asked: readonly number[];
  readonly weights: readonly number[];
}

const DROP = 0.5;
const NEXT = { window: 20, fade: 0.9, gap: 0 };
const LATER = { window: 40, fade: 1, gap: 0.7 };

/** Leaves out half of the `length` places, drawn at random; at least one is shown, and one is asked for. */
export function leaveOut(length: number, random: () => number): SplitHistory {
  const asks = Uint8Array.from({ length }, () => Number(random() < DROP));
  const count = asks.reduce((sum, one) => sum + one, 0);
  if (count === 0) asks[Math.floor(random() * length)] = 1;
  else if (count === length) asks[Math.floor(random() * length)] = 0;
  const places = Array.from({ length }, (_, place) => length - 1 - place);
  const asked = places.filter((place) => asks[place]);
  return {
    shown: places.filter((place) => !asks[place]),
    asked,
    weights: asked.map(() => 1 / asked.length),
  };
}

/**
 * Cuts at a random place: shown is what was before. Asked for are the next 20, each .9 times as much as the one
 * before it; or, `later`, 40 alike from a random place in the first 70 % of what came after.
 */
export function cutHistory(length: number, ask: "next" | "later", random: () => number): SplitHistory {
  const { window, fade, gap } = ask === "next" ? NEXT : LATER;
  const cut = 1 + Math.floor(random() * (length - 1));
  const first = cut + (gap > 0 ? Math.floor(random() * gap * (length - cut)) : 0);
  const asked = Array.from({ length: Math.min(window, length - first) }, (_, step) => first + step);
  const faded = asked.map((_, step) => fade ** step);
  const total = faded.reduce((sum, weight) => sum + weight, 0);
  return {
    shown: Array.from({ length: cut }, (_, step) => cut - 1 - step),
    asked,
    weights: faded.map((weight) => weight / total),
  };
}
