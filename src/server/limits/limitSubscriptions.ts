import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from "graphql";
import type { Viewer } from "../../context.ts";
import type { Limits } from "../../limits.ts";
import { CostModel } from "../cost/CostModel.ts";
import { countCost } from "../cost/countCost.ts";
import { checkDocument } from "./checkDocument.ts";
import { checkInputs } from "./checkInputs.ts";
import { makeSpend, within } from "./limitRequests.ts";

/** What keeps subscriptions within the limits; both give or throw the refusal. */
export interface SubscriptionLimits {
  readonly limits: Limits;
  /** Before it is validated. */
  checkDocument(source: string): GraphQLError | null;
  /**
   * After that: what one event costs is counted, and taken from the viewer's budget once.
   * @throws {GraphQLError} LIMIT_EXCEEDED, BUDGET_EXCEEDED
   */
  admit(
    viewer: Viewer,
    asked: {
      readonly document: DocumentNode;
      readonly operation: OperationDefinitionNode;
      readonly variables: Readonly<Record<string, unknown>>;
    },
  ): void;
}

/** Makes the limits of subscriptions; their budgets are apart from those of requests. */
export function limitSubscriptions(schema: GraphQLSchema, limits: Limits): SubscriptionLimits {
  const model = new CostModel(schema, limits.page);
  const spend = makeSpend(limits);
  return {
    limits,
    checkDocument: (source) => checkDocument(source, limits),
    admit(viewer, { document, operation, variables }) {
      const refusal = checkInputs(variables, limits);
      if (refusal) throw refusal;
      const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
      if (!coerced) return; // subscribing tells what is wrong with them
      spend(viewer, undefined, within(limits, countCost(model, { document, operation, variables: coerced })));
    },
  };
}
