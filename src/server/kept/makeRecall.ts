import type { IncomingMessage } from "node:http";
import type { HTTPGraphQLResponse } from "@apollo/server";
import type { Viewer } from "../../context.ts";
import type { Spend } from "../limits/limitRequests.ts";
import { noteViewer } from "../observe/observeOperations.ts";
import { recordOf } from "../observe/RequestRecord.ts";
import type { Keeper } from "./keepAnswers.ts";

/**
 * Makes what answers requests with what is kept: who sends them is looked up, and the budget charged, each time. It
 * gives null for all else, and where the request is refused: the long way says why.
 */
export function makeRecall(
  keeper: Pick<Keeper<object>, "find">,
  {
    authenticate,
    spend,
  }: { readonly authenticate: (authorization: string | undefined) => Promise<Viewer>; readonly spend: Spend },
): (request: IncomingMessage, named: string) => Promise<HTTPGraphQLResponse | null> {
  return async (request, named) => {
    try {
      const viewer = await authenticate(request.headers.authorization);
      const found = keeper.find(named, viewer);
      if (!found) return null;
      spend(viewer, request.socket?.remoteAddress ?? "", found.cost);
      const record = recordOf(request);
      record.operation = found.operation;
      record.cost = found.cost;
      noteViewer(record, viewer);
      return found.answer;
    } catch {
      return null;
    }
  };
}
