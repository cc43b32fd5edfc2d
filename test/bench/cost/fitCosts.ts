import { type GraphQLSchema, isObjectType } from "graphql";
import { COSTS, type FieldCost, KIND_COSTS } from "../../../src/schema/costs.ts";

/** One number of the table of costs. */
interface Weight {
  readonly name: string;
  readonly now: number;
  /** Has `body` run with this number at `value`, and all others at 0. */
  alone(body: () => void): void;
}

const PARTS = ["once", "each", "row"] as const;
const ROUNDS = 3_000;
const HELD = 0.02; // how strongly a number is held where it is, for what the queries say nothing of

/**
 * Finds the costs that follow measured times best: the least squares of relative errors over numbers that are not
 * negative. `countAll` counts all queries with the costs that the schema declares at the moment.
 */
export function fitCosts(
  schema: GraphQLSchema,
  countAll: () => readonly number[],
  milliseconds: readonly number[],
): { readonly name: string; readonly now: number; readonly fitted: number }[] {
  const weights = listWeights(schema);
  const columns = weights.map((weight) => {
    let counts: readonly number[] = [];
    weight.alone(() => {
      counts = countAll();
    });
    return counts.map((count, row) => count / milliseconds[row]);
  });
  const fitted = solve(columns, weights);
  return weights
    .map(({ name, now }, index) => ({ name, now, fitted: fitted[index] }))
    .filter((_, index) => columns[index].some((value) => value > 0));
}

function listWeights(schema: GraphQLSchema): Weight[] {
  const zeroKinds = Object.fromEntries(Object.keys(KIND_COSTS).map((kind) => [kind, 0]));
  const setAll = (costs: Readonly<Record<string, FieldCost>>, kinds: object) => {
    for (const [name, cost] of Object.entries(costs)) {
      const [typeName, fieldName] = name.split(".");
      const type = schema.getType(typeName);
      const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
      if (field) field.extensions = { ...field.extensions, cost };
    }
    schema.extensions = { ...schema.extensions, cost: kinds };
  };
  const zero = Object.fromEntries(
    Object.entries(COSTS).map(([name, cost]) => [name, { ...cost, ...zeroOf(cost) }]),
  );
  const make = (
    name: string,
    now: number,
    costs: Readonly<Record<string, FieldCost>>,
    kinds: object,
  ): Weight => ({
    name,
    now,
    alone(body) {
      setAll(costs, kinds);
      body();
      setAll(COSTS, KIND_COSTS);
    },
  });
  const ofKinds = Object.entries(KIND_COSTS).map(([kind, now]) =>
    make(kind, now, zero, { ...zeroKinds, [kind]: 1 }),
  );
  const ofFields = Object.entries(COSTS).flatMap(([name, cost]) =>
    PARTS.filter((part) => cost[part] !== undefined).map((part) =>
      make(`${name} ${part}`, cost[part] ?? 0, { ...zero, [name]: { ...zero[name], [part]: 1 } }, zeroKinds),
    ),
  );
  const ofArguments = Object.entries(COSTS).flatMap(([name, { given = {} }]) =>
    Object.entries(given).map(([argument, now]) =>
      make(
        `${name} given.${argument}`,
        now,
        { ...zero, [name]: { ...zero[name], given: { [argument]: 1 } } },
        zeroKinds,
      ),
    ),
  );
  return [...ofKinds, ...ofFields, ...ofArguments];
}

/** What is declared becomes 0; what is not stays as its kind. */
function zeroOf(cost: FieldCost): FieldCost {
  const zeros = PARTS.filter((part) => cost[part] !== undefined).map((part) => [part, 0]);
  return { ...Object.fromEntries(zeros), given: undefined };
}

/** Coordinate descent: each number in turn takes the value that fits best beside the others. */
function solve(columns: readonly (readonly number[])[], weights: readonly Weight[]): number[] {
  const rows = columns[0].length;
  const values = weights.map(({ now }) => now);
  const rest = Array.from({ length: rows }, (_, row) =>
    columns.reduce((left, column, index) => left - column[row] * values[index], 1),
  );
  for (let round = 0; round < ROUNDS; round++) {
    columns.forEach((column, index) => {
      const hold = HELD / Math.max(weights[index].now, 1e-4) ** 2;
      let [over, under] = [hold * (weights[index].now - values[index]), hold];
      for (let row = 0; row < rows; row++) {
        over += column[row] * rest[row];
        under += column[row] ** 2;
      }
      const next = Math.max(0, values[index] + over / under);
      for (let row = 0; row < rows; row++) rest[row] -= column[row] * (next - values[index]);
      values[index] = next;
    });
  }
  return values;
}
