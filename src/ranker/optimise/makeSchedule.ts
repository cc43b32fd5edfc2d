/** How the learning rate goes over the steps of a training. */
export interface ScheduleOptions {
  /** The highest rate. */
  readonly rate: number;
  /** Steps over which it rises from rate / warmUp in a straight line; 0 for none. */
  readonly warmUp: number;
  /** Steps of the whole training, the warm-up included. */
  readonly total: number;
  /** After the warm-up: stays, or falls along half a cosine to `floor`·rate at the last step. */
  readonly decay: "constant" | "cosine";
  /** Share of the rate that is left at the end; 0 where absent. */
  readonly floor?: number;
}

/** Makes the learning rate of a step; steps count from 0, and beyond the last one the rate stays. */
export function makeSchedule({ rate, warmUp, total, decay, floor = 0 }: ScheduleOptions) {
  return (step: number): number => {
    if (step < warmUp) return (rate * (step + 1)) / warmUp;
    if (decay === "constant") return rate;
    const share = Math.min(1, (step - warmUp) / Math.max(1, total - 1 - warmUp));
    return rate * (floor + ((1 - floor) * (1 + Math.cos(Math.PI * share))) / 2);
  };
}
