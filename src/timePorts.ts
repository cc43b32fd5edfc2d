import type { Context } from "./context.ts";
import type { RecommendPorts } from "./recommend/ports.ts";

/** The same ports, whose stages are timed by whoever watches the request; `watch` gives him, once the request has begun. */
export function timePorts(ports: RecommendPorts, watch: () => Context["timeStage"]): RecommendPorts {
  const { knowledge } = ports;
  const timed: NonNullable<RecommendPorts["stage"]> = (stage, work) => {
    const time = watch();
    return time ? time(stage, work) : work();
  };
  return {
    ...ports,
    stage: timed,
    knowledge: {
      ...knowledge,
      findHistory: (user, options) => timed("history", () => knowledge.findHistory(user, options)),
    },
  };
}
