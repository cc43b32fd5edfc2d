import { type GraphQLRequestContextDidResolveOperation, HeaderMap } from "@apollo/server";
import { GraphQLError, type GraphQLSchema, getVariableValues } from "graphql";
import type { Viewer } from "../../context.ts";
import type { Limits } from "../../limits.ts";
import { COERCED } from "../compiled/compiledExecution.ts";
import { type Balance, Budgets } from "../cost/Budgets.ts";
import { CostModel } from "../cost/CostModel.ts";
import type { Operation } from "../cost/countCost.ts";
import { measureCost } from "../cost/measureCost.ts";
import { rememberCosts } from "../cost/rememberCosts.ts";
import type { Part } from "../joinParts.ts";
import { RECORD } from "../observe/observeOperations.ts";
import type { RequestRecord } from "../observe/RequestRecord.ts";
import { checkInputs } from "./checkInputs.ts";
import type { GuardedDocuments } from "./guardDocuments.ts";
import { limitError } from "./limitError.ts";
import type { RequestClock } from "./RequestClock.ts";

/** Where the context of a request keeps its clock; Apollo copies contexts, so the key is a property. */
export const CLOCK = Symbol("clock");

/** Header by which a client asks for what its query costs; `extensions: { cost: true }` does the same. */
export const COST_HEADER = "whygraph-cost";

/** Set in the context of a request once it is counted, so that it is charged once, however often it is begun. */
const COUNTED = Symbol("counted");

interface Limited {
  readonly viewer: Viewer;
  [COERCED]?: boolean;
  [COUNTED]?: Counted;
  readonly [CLOCK]?: RequestClock;
  readonly [RECORD]?: RequestRecord;
}

interface Limiting {
  readonly limits: Limits;
  readonly documents: GuardedDocuments;
  readonly spend: Spend;
}

/** Takes a cost from the viewer's budget; null where there is none. @throws {GraphQLError} BUDGET_EXCEEDED */
export type Spend = (viewer: Viewer, address: string | undefined, cost: number) => Balance | null;

/** What was counted of a request, for who asks. */
interface Counted extends Operation {
  readonly requested: number;
  readonly balance: Balance | null;
}

/**
 * Makes the part that keeps requests within the limits. It looks at a document before it is validated, and at the
 * variables and the cost of each request before it runs.
 */
export function limitRequests<Context extends Limited>(
  schema: GraphQLSchema,
  { limits, documents, spend }: Limiting,
): Part<Context> {
  const model = new CostModel(schema, limits.page);
  const count = rememberCosts(model);
  return () => {
    let refusal: GraphQLError | null = null;
    let counted: Counted | null = null;
    return {
      didResolveSource({ queryHash, source }) {
        refusal = documents.check(queryHash, source);
      },
      didResolveOperation(request) {
        if (refusal) throw refusal;
        counted = request.contextValue[COUNTED] ?? null;
        if (counted) return;
        const operation = readOperation(schema, request, limits);
        if (!operation) return; // execution tells what is wrong with its variables
        const { contextValue } = request;
        const { viewer, [CLOCK]: clock, [RECORD]: record } = contextValue;
        contextValue[COERCED] = true;
        const requested = within(limits, count(operation));
        counted = { ...operation, requested, balance: spend(viewer, clock?.address, requested) };
        contextValue[COUNTED] = counted;
        if (record) record.cost = requested;
        if (request.operation?.operation === "query") clock?.start();
      },
      willSendResponse({ request, response: { body } }) {
        if (!counted || body.kind !== "single" || !wantsCost(request)) return;
        const actual = measureCost(model, counted, body.singleResult.data ?? null);
        const cost = tellCost(counted, actual, limits);
        body.singleResult.extensions = { ...body.singleResult.extensions, cost };
      },
    };
  };
}

function readOperation(
  schema: GraphQLSchema,
  { document, operation, request }: GraphQLRequestContextDidResolveOperation<Limited>,
  limits: Limits,
): Operation | null {
  const refusal = checkInputs(request.variables, limits);
  if (refusal) throw refusal;
  if (!operation) return null;
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return { document, operation, variables: {} };
  const { coerced } = getVariableValues(schema, definitions, request.variables ?? {}, {
    maxErrors: limits.faults,
  });
  return coerced ? { document, operation, variables: coerced } : null;
}

/** @throws {GraphQLError} LIMIT_EXCEEDED where it costs more than one request may */
export function within({ cost: most }: Limits, requested: number): number {
  if (requested <= most) return requested;
  const found = Number.isFinite(requested) ? round(requested) : "more than can be counted";
  throw limitError({
    ...{ limit: "cost", found, most, what: `the cost of the operation is ${found}` },
    advice: "ask for smaller pages (first), or for fewer fields inside lists",
  });
}

/** Makes what takes a cost from the viewer's budget. @throws {GraphQLError} BUDGET_EXCEEDED, 429, saying when there is more */
export function makeSpend({ budget, anonymousBudget }: Limits): Spend {
  const budgets = new Budgets();
  return (viewer, address, cost) => {
    const perMinute = viewer.authenticated ? budget : anonymousBudget;
    if (perMinute === null) return null;
    const name = viewer.authenticated ? viewer.name : `anonymous at ${address ?? "nowhere"}`;
    const balance = budgets.spend(name, cost, perMinute);
    if (balance.retrySeconds === null) return balance;
    const left = round(balance.left);
    const { retrySeconds } = balance;
    throw new GraphQLError(
      `the operation costs ${round(cost)} and ${left} is left of the budget of ${perMinute} a minute; try again in ${retrySeconds} s, or ask for less`,
      {
        extensions: {
          ...{ code: "BUDGET_EXCEEDED", cost: round(cost), left, perMinute, retrySeconds },
          http: { status: 429, headers: new HeaderMap([["retry-after", String(retrySeconds)]]) },
        },
      },
    );
  };
}

function wantsCost({
  http,
  extensions,
}: {
  http?: { headers: HeaderMap };
  extensions?: Readonly<Record<string, unknown>>;
}): boolean {
  return http?.headers.has(COST_HEADER) === true || extensions?.cost === true;
}

function tellCost({ requested, balance }: Counted, actual: number, { cost: most }: Limits): object {
  const left = balance === null ? null : round(balance.left);
  return { requested: round(requested), actual: round(actual), most, left };
}

function round(cost: number): number {
  return Math.round(cost * 100) / 100;
}
