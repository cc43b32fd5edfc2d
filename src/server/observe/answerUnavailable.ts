import type { ApolloServerPlugin } from "@apollo/server";

const RETRY_SECONDS = "1";

/**
 * Makes the plugin that gives an answer without any data status 503 where nothing is wrong but that a part of the
 * gateway is out of reach: clients and proxies may then send the request again.
 */
export function answerUnavailable<Context extends object>(): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      async willSendResponse({ response: { body, http } }) {
        if (body.kind !== "single") return;
        const { data, errors = [] } = body.singleResult;
        const empty = Object.values(data ?? {}).every((value) => value === null);
        if (errors.length === 0 || !empty) return;
        if (!errors.every(({ extensions }) => extensions?.code === "UNAVAILABLE")) return;
        http.status = 503;
        http.headers.set("retry-after", RETRY_SECONDS);
      },
    }),
  };
}
