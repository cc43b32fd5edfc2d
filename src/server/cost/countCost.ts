import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isObjectType,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from "graphql";
import type { CostModel, FieldPrice } from "./CostModel.ts";
import type { Variables } from "./readArgument.ts";
import { Selections } from "./Selections.ts";

/** Of a selection: what it costs once, and for each object that it is asked of. */
interface Cost {
  readonly once: number;
  readonly each: number;
}

const FREE: Cost = { once: 0, each: 0 };

/** One request: an operation of a validated document, and its coerced variables. */
export interface Operation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Variables;
}

/**
 * Counts what an operation will cost, before it runs, in milliseconds of the server: sizes from arguments, variables
 * and the defaults of both; what has no size counts as the largest page. Each fragment is read once per type, so that
 * fragments that spread fragments cost what they ask for and no time to count.
 * @throws {GraphQLError} LIMIT_EXCEEDED for a page that is too large
 */
export function countCost(model: CostModel, { document, operation, variables }: Operation): number {
  const root = model.schema.getRootType(operation.operation);
  if (!root) return 0;
  const counter = new Counter(model, new Selections(model.schema, document, variables), variables);
  const { once, each } = counter.count(root, [operation.selectionSet], null);
  return model.kinds.request + once + each;
}

class Counter {
  private readonly known = new Map<string, Cost>();

  constructor(
    private readonly model: CostModel,
    private readonly selections: Selections,
    private readonly variables: Variables,
  ) {}

  count(type: GraphQLNamedType, sets: readonly SelectionSetNode[], rows: number | null): Cost {
    const key = `${type.name} ${rows} ${this.selections.keyOf(sets)}`;
    let cost = this.known.get(key);
    if (!cost) {
      cost = isAbstractType(type) ? this.countLargest(type, sets, rows) : this.countObject(type, sets, rows);
      this.known.set(key, cost);
    }
    return cost;
  }

  /** Which type comes is not known before: each part is that of the dearest. */
  private countLargest(
    type: Parameters<CostModel["schema"]["getPossibleTypes"]>[0],
    sets: readonly SelectionSetNode[],
    rows: number | null,
  ): Cost {
    return this.model.schema
      .getPossibleTypes(type)
      .map((possible) => this.count(possible, sets, rows))
      .reduce((a, b) => ({ once: Math.max(a.once, b.once), each: Math.max(a.each, b.each) }), FREE);
  }

  private countObject(type: GraphQLNamedType, sets: readonly SelectionSetNode[], rows: number | null): Cost {
    if (!isObjectType(type)) return FREE;
    let [once, each] = [0, 0];
    for (const nodes of this.selections.collect(type, sets).values()) {
      const cost = this.countField(type, nodes, rows);
      once += cost.once;
      each += cost.each;
    }
    // It is over every limit, and reading on would take as long as what it asks for.
    return this.selections.exhausted ? { once: Number.POSITIVE_INFINITY, each } : { once, each };
  }

  private countField(type: GraphQLObjectType, nodes: readonly FieldNode[], inherited: number | null): Cost {
    const field = fieldOf(this.model, type, nodes[0].name.value);
    if (!field) return FREE;
    const price = this.model.priceOf(type, field, { node: nodes[0], variables: this.variables, inherited });
    const inner = this.countInner(field, nodes, price);
    const below = price.isList ? price.rows * inner.each : inner.each;
    return { once: price.once + inner.once, each: price.each + price.rows * price.row + below };
  }

  private countInner(
    field: GraphQLField<unknown, unknown>,
    nodes: readonly FieldNode[],
    { rows, isPage }: FieldPrice,
  ): Cost {
    const sets = nodes.map(({ selectionSet }) => selectionSet).filter((set) => set !== undefined);
    return sets.length > 0 ? this.count(getNamedType(field.type), sets, isPage ? rows : null) : FREE;
  }
}

/** Also those of introspection. */
export function fieldOf(
  { schema }: CostModel,
  type: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (name === "__typename") return TypeNameMetaFieldDef;
  if (type === schema.getQueryType()) {
    if (name === "__schema") return SchemaMetaFieldDef;
    if (name === "__type") return TypeMetaFieldDef;
  }
  return type.getFields()[name];
}
