import type { ApolloServerPlugin } from "@apollo/server";
import type { RequestRecord } from "./RequestRecord.ts";

/** Where the context of a request keeps its record; Apollo copies contexts, so the key is a property. */
export const RECORD = Symbol("record");

interface Observed {
  readonly viewer: { readonly authenticated: boolean; readonly name: string };
  readonly [RECORD]?: RequestRecord;
}

/** Makes the plugin that notes which operation a request runs, who sends it, and what it is answered with. */
export function observeOperations<Context extends Observed>(
  noteVariables = false,
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ contextValue: { [RECORD]: record, viewer } }) {
      if (!record) return;
      if (viewer.authenticated) record.viewer = viewer.name.startsWith("jwt:") ? "jwt" : viewer.name;
      return {
        async didResolveOperation({ operation, operationName, request: { variables } }) {
          if (operation) record.operation = { name: operationName, kind: operation.operation };
          if (noteVariables) record.variables = variables ?? {};
        },
        async willSendResponse({ response: { body } }) {
          if (body.kind !== "single") return;
          for (const { extensions } of body.singleResult.errors ?? []) {
            if (typeof extensions?.code === "string") record.codes.add(extensions.code);
            if (typeof extensions?.errorId === "string") record.errorIds.push(extensions.errorId);
          }
        },
      };
    },
  };
}
