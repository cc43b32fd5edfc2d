import { DomainError } from "../../errors.ts";
import { type Measurement, measure } from "./measure.ts";
import type { Arena } from "./protocols/Protocol.ts";
import type { RankedModel, UserScorer } from "./types.ts";

/** The smallest piece of an evaluation: one fit. Plain data, so that another process may be asked for it. */
export interface Unit {
  /** Place in `Preparation.arenas`. */
  readonly arena: number;
  readonly model: string;
  /** Models that share what they compute. */
  readonly family: string;
  readonly seed: number;
}

/** What a fitted model reached. */
export interface Run {
  /** In the order of the arena's trials. */
  readonly measurements: readonly Measurement[];
  /** Selection and fit. */
  readonly trainSeconds: number;
  readonly chosen: UserScorer["chosen"];
}

/** Why a model cannot run on this data. */
export interface Omission {
  readonly reason: string;
}

/** Lists the fits that a table needs: every seed of a seeded model, one of another. */
export function listUnits(
  arenas: readonly Arena[],
  models: readonly Pick<RankedModel, "name" | "seeded" | "family">[],
  seeds: number,
): Unit[] {
  return arenas.flatMap((_, arena) =>
    models.flatMap(({ name, seeded, family = name }) =>
      Array.from({ length: seeded ? seeds : 1 }, (_, at) => ({ arena, model: name, family, seed: at + 1 })),
    ),
  );
}

/** Fits one model and measures it on every trial; a model that says UNAVAILABLE is an omission. */
export async function measureUnit(
  { training, trials }: Arena,
  model: RankedModel,
  seed: number,
): Promise<Run | Omission> {
  try {
    const started = performance.now();
    const scorer = await model.fit(training, seed);
    const trainSeconds = (performance.now() - started) / 1000 + (scorer.sharedSeconds ?? 0);
    const measurements = trials.map(({ task }) => measure(scorer, task));
    return { measurements, trainSeconds, chosen: scorer.chosen };
  } catch (error) {
    if (error instanceof DomainError && error.code === "UNAVAILABLE") return { reason: error.message };
    throw error;
  }
}
