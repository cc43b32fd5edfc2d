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

/** Joins parts to one. As among plugins, each is called at each step, also where one before it has refused the request. */
export function joinParts<Context extends BaseContext>(parts: readonly Part<Context>[]): JoinedPart<Context> {
  return (begun) => {
    const all: Steps<Context>[] = [];
    for (const begin of parts) {
      const steps = begin(begun);
      if (steps) all.push(steps);
    }
    return {
      didResolveSource: (request) => callAll(all, (steps) => steps.didResolveSource?.(request)),
      didResolveOperation: (request) => callAll(all, (steps) => steps.didResolveOperation?.(request)),
      willSendResponse: (request) => callAll(all, (steps) => steps.willSendResponse?.(request)),
    };
  };
}

/** A part that is asked at every step. */
export type JoinedPart<Context extends BaseContext> = (
  request: GraphQLRequestContext<Context>,
) => Required<Steps<Context>>;

/** Makes one plugin of it: Apollo makes several promises for each hook of each plugin. */
export function pluginOf<Context extends BaseContext>(
  begin: JoinedPart<Context>,
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart(begun) {
      const steps = begin(begun);
      return {
        didResolveSource: async (request) => steps.didResolveSource(request),
        didResolveOperation: async (request) => steps.didResolveOperation(request),
        willSendResponse: async (request) => steps.willSendResponse(request),
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
