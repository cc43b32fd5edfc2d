import type { ApolloServerPlugin } from "@apollo/server";
import type { Tracing } from "./Tracing.ts";

/** Makes the plugin that traces parsing and validating, of documents that are not known yet. */
export function traceSteps<Context extends object>(
  tracing: Pick<Tracing, "step">,
): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      async parsingDidStart() {
        const end = tracing.step("parse");
        return async () => end();
      },
      async validationDidStart() {
        const end = tracing.step("validate");
        return async () => end();
      },
    }),
  };
}
