import { type Measurement, mean } from "./measure.ts";
import type { Run } from "./measureUnit.ts";
import type { Estimate, ReportRow } from "./report/Report.ts";

/** A row of the table with what pairs it with others. */
export interface Measured {
  readonly row: ReportRow;
  /** Users with test rows. */
  readonly users: number;
  /** Metric → one number per user, mean over seeds. */
  readonly perUser: Measurement["perUser"];
}

/** Sums up the runs of one model, one per seed, on the trial at place `trial` of its arena. */
export function summariseRuns(
  { model, group, trial }: { readonly model: string; readonly group: string; readonly trial: number },
  runs: readonly Run[],
): Measured {
  const measurements = runs.map((run) => run.measurements[trial]);
  const names = Object.keys(measurements[0].perUser);
  const perUser = Object.fromEntries(
    names.map((name) => [name, averageSeeds(measurements.map((one) => one.perUser[name]))]),
  );
  const metrics = Object.fromEntries(
    names.map((name) => [
      name,
      estimate(
        measurements.map((one) => mean(one.perUser[name])),
        perUser[name],
      ),
    ]),
  );
  const seconds = {
    train: mean(runs.map(({ trainSeconds }) => trainSeconds)),
    perUser: mean(measurements.map(({ secondsPerUser }) => secondsPerUser)),
  };
  const row = { model, group, metrics, seconds, chosen: runs[0].chosen };
  return { row, users: measurements[0].users.length, perUser };
}

function averageSeeds(rows: readonly Float64Array[]): Float64Array {
  return rows[0].map((_, user) => mean(rows.map((row) => row[user])));
}

/** Mean and deviation over seeds, and half of the 95% interval over users (1.96 standard errors). */
function estimate(bySeed: readonly number[], byUser: Float64Array): Estimate {
  const error = byUser.length > 0 ? (1.96 * deviation(byUser)) / Math.sqrt(byUser.length) : 0;
  return { mean: mean(bySeed), sd: deviation(bySeed), error };
}

/** Sample deviation; that of one value is 0. */
export function deviation(values: ArrayLike<number>): number {
  const center = mean(values);
  let squares = 0;
  for (let at = 0; at < values.length; at++) squares += (values[at] - center) ** 2;
  return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
}
