import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isObjectType,
  type SelectionSetNode,
} from "graphql";
import type { CostModel } from "./CostModel.ts";
import { fieldOf, type Operation } from "./countCost.ts";
import { Selections } from "./Selections.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * Counts what an answer came to, in the same prices as `countCost` with the rows that there are. Its time is that of
 * reading the answer, so it is for those who ask.
 */
export function measureCost(model: CostModel, request: Operation, data: Json | null): number {
  const root = model.schema.getRootType(request.operation.operation);
  if (!root || data === null) return 0;
  const meter = new Meter(model, request);
  return model.kinds.request + meter.measure(root, [request.operation.selectionSet], [data]);
}

class Meter {
  private readonly selections: Selections;

  constructor(
    private readonly model: CostModel,
    private readonly request: Operation,
  ) {
    this.selections = new Selections(model.schema, request.document, request.variables);
  }

  /** All objects at one place of the answer at once. */
  measure(type: GraphQLNamedType, sets: readonly SelectionSetNode[], objects: readonly Json[]): number {
    if (objects.length === 0 || sets.length === 0) return 0;
    if (isAbstractType(type)) {
      const possible = this.model.schema.getPossibleTypes(type);
      return Math.max(0, ...possible.map((one) => this.measure(one, sets, objects)));
    }
    if (!isObjectType(type)) return 0;
    let cost = 0;
    for (const [name, nodes] of this.selections.collect(type, sets)) {
      cost += this.measureField(
        type,
        nodes,
        objects.map((object) => object[name]),
      );
    }
    return cost;
  }

  private measureField(
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    values: readonly unknown[],
  ): number {
    const field = fieldOf(this.model, type, nodes[0].name.value);
    if (!field) return 0;
    const { variables } = this.request;
    const price = this.model.priceOf(type, field, { node: nodes[0], variables, inherited: null });
    const children = price.isList ? values.flat() : values;
    const objects = children.filter((child): child is Json => typeof child === "object" && child !== null);
    const rows = price.isPage ? sum(objects.map(rowsOfPage)) : price.isList ? children.length : price.rows;
    const sets = nodes.map(({ selectionSet }) => selectionSet).filter((set) => set !== undefined);
    const below = this.measure(getNamedType(field.type), sets, objects);
    return price.once + values.length * price.each + rows * price.row + below;
  }
}

function rowsOfPage(page: Json): number {
  const lists = Object.values(page).filter((value) => Array.isArray(value));
  return Math.max(0, ...lists.map(({ length }) => length));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
