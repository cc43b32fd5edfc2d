import type { RecommendPorts } from "./ports.ts";

/** Does a stage of the work; its time is noted where somebody wants to know. */
export function timed<T>(
  { stage }: Pick<RecommendPorts, "stage">,
  name: Parameters<NonNullable<RecommendPorts["stage"]>>[0],
  work: () => T,
): T {
  return stage ? stage(name, work) : work();
}
