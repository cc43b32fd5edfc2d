import type { Taste } from "./Taste.ts";

/** A user set by hand. */
export interface ChosenUser {
  readonly tastes: readonly Taste[];
  /** Films that the user meets last, in this order. */
  readonly lately?: readonly string[];
}

/** Users whose likings are set by hand, for examples that are easy to follow, by name. */
export const CHOSEN: Readonly<Record<string, ChosenUser>> = {
  ada: {
    tastes: [
      { relation: "directed_by", entity: "person:ridley-scott", weight: 1 },
      { relation: "told_as", entity: "creative_type:science-fiction", weight: 0.6 },
    ],
    lately: [
      "movie:white-squall-1996",
      "movie:a-good-year-2006",
      "movie:kingdom-of-heaven-2005",
      "movie:black-hawk-down-2001",
      "movie:body-of-lies-2008",
      "movie:hannibal-2001",
      "movie:gladiator-2000",
      "movie:blade-runner-1982",
      "movie:alien-1979",
    ],
  },
  bo: {
    tastes: [
      { relation: "directed_by", entity: "person:woody-allen", weight: 1 },
      { relation: "has_genre", entity: "genre:romantic-comedy", weight: 0.7 },
    ],
  },
  cleo: {
    tastes: [
      { relation: "has_genre", entity: "genre:horror", weight: 1 },
      { relation: "released_in", entity: "decade:1980s", weight: 0.5 },
    ],
  },
  dev: { tastes: [{ relation: "told_as", entity: "creative_type:superhero-fiction", weight: 1 }] },
};
