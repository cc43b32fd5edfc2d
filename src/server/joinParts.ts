import type {
  ApolloServerPlugin,
  BaseContext,
  GraphQLRequestContext,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextDidResolveSource,
  GraphQLRequestContextWillSendResponse,
} from "@apollo/server";

/** What a part of the server does at the steps of one request. */
export interface Steps<Context extends BaseContext> {
  didResolveSource?(request: GraphQLRequestContextDidResolveSource<Context>): void;
  didResolveOperation?(request: GraphQLRequestContextDidResolveOperation<Context>): void;
  willSendResponse?(request: GraphQLRequestContextWillSendResponse<Context>): void;
}

/** Begins a part's work on a request; null where it has none. */
export type Part<Context extends BaseContext> = (
  request: GraphQLRequestContext<Context>,
) => Steps<Context> | null;

/**
 * Makes one plugin of parts that need no promises: Apollo makes several for each hook of each plugin. As among plugins,
 * each part is called at each step, also where one before it has refused the request.
 */
export function joinParts<Context extends BaseContext>(
  parts: readonly Part<Context>[],
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart(begun) {
      const all: Steps<Context>[] = [];
      for (const begin of parts) {
        const steps = begin(begun);
        if (steps) all.push(steps);
      }
      return {
        didResolveSource: async (request) => callAll(all, (steps) => steps.didResolveSource?.(request)),
        didResolveOperation: async (request) => callAll(all, (steps) => steps.didResolveOperation?.(request)),
        willSendResponse: async (request) => callAll(all, (steps) => steps.willSendResponse?.(request)),
      };
    },
  };
}

/** @throws what the first that threw has thrown, once all were called */
function callAll<S>(all: readonly S[], call: (steps: S) => void): void {
  let refusal: { readonly error: unknown } | null = null;
  for (const steps of all) {
    try {
      call(steps);
    } catch (error) {
      refusal ??= { error };
    }
  }
  if (refusal) throw refusal.error;
}
