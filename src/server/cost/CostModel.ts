import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
} from "graphql";
import type { FieldCost, KIND_COSTS } from "../../schema/costs.ts";
import { limitError } from "../limits/limitError.ts";
import { priceIntrospection } from "./priceIntrospection.ts";
import { isGiven, sizeAt, type Variables, valueAt } from "./readArgument.ts";

/** Where a schema declares none. */
const KINDS: KindCosts = { request: 0, leaf: 0, object: 0, root: 0, mutation: 0 };
const LEAVES_OF_LIST = 5;
/** Rows of a page that names no size; findPage's default. */
const PAGE_DEFAULT = 20;

/** What one use of a field costs. */
export interface FieldPrice {
  /** Once, however many parents it is asked of. */
  readonly once: number;
  /** For each parent. */
  readonly each: number;
  /** For each row. */
  readonly row: number;
  /** Rows for each parent, as the arguments say; 1 where it is no list. */
  readonly rows: number;
  readonly isList: boolean;
  /** A page; the lists in it, `edges` and `nodes`, have its rows. */
  readonly isPage: boolean;
}

type Field = GraphQLField<unknown, unknown>;
type KindCosts = Readonly<typeof KIND_COSTS>;

/** Prices of fields, from what the schema declares and what the arguments of one request say. */
export class CostModel {
  private readonly roots: ReadonlySet<GraphQLObjectType>;
  private readonly introspection: ReadonlyMap<Field, FieldCost>;

  /** `page`: the most rows of a list without a limit of its own; a size that cannot be known counts as that. */
  constructor(
    readonly schema: GraphQLSchema,
    readonly page: number,
  ) {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    this.roots = new Set(roots.filter((type) => type != null));
    this.introspection = priceIntrospection(schema);
  }

  /** What costs the same wherever it stands. */
  get kinds(): KindCosts {
    return (this.schema.extensions.cost as KindCosts | undefined) ?? KINDS;
  }

  /**
   * `inherited` are the rows of the page that the field belongs to, null where it belongs to none.
   * @throws {GraphQLError} LIMIT_EXCEEDED where a page is larger than a page may be
   */
  priceOf(
    parent: GraphQLObjectType,
    field: Field,
    { node, variables, inherited }: { node: FieldNode; variables: Variables; inherited: number | null },
  ): FieldPrice {
    const declared = (field.extensions.cost ?? this.introspection.get(field) ?? {}) as FieldCost;
    const isLeaf = !isCompositeType(getNamedType(field.type));
    const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    const isPage = !isLeaf && getNamedType(field.type).name.endsWith("Connection");
    const { leaf, object, root, mutation } = this.kinds;
    const isRoot = !isLeaf && this.roots.has(parent);
    const each = isLeaf ? leaf * (isList ? LEAVES_OF_LIST : 1) : object;
    const once = isRoot ? (parent === this.schema.getMutationType() ? mutation : root) : 0;
    return {
      once: (declared.once ?? once) + priceGiven(declared.given, node, variables),
      each: declared.each ?? each,
      row: declared.row ?? 0,
      rows:
        isList || isPage || declared.size ? this.rowsOf(field, declared, { node, variables, inherited }) : 1,
      ...{ isList, isPage },
    };
  }

  private rowsOf(
    field: Field,
    declared: FieldCost,
    { node, variables, inherited }: { node: FieldNode; variables: Variables; inherited: number | null },
  ): number {
    if (declared.size) return sizeAt(node, field, { path: declared.size, variables }) ?? this.page;
    const sized = field.args.filter(({ name }) => name === "first" || name === "last");
    if (sized.length === 0) return declared.rows ?? inherited ?? this.page;
    const values = sized.map(({ name }) => valueAt(node, field, { name, variables }) ?? -1);
    if (!values.every((value) => typeof value === "number")) return this.page; // its resolver refuses it
    const asked = Math.max(...values);
    if (asked < 0) return declared.rows ?? Math.min(PAGE_DEFAULT, this.page);
    if (asked <= (declared.most ?? this.page)) return asked;
    const { name } = sized[values.indexOf(asked)];
    const most = declared.most ?? this.page;
    throw limitError({
      ...{ limit: "page", found: asked, most, what: `${name} of ${field.name} is ${asked}` },
      advice: "read on from the endCursor of a page",
    });
  }
}

function priceGiven(given: FieldCost["given"], node: FieldNode, variables: Variables): number {
  let sum = 0;
  for (const name in given) if (isGiven(node, name, variables)) sum += given[name];
  return sum;
}
