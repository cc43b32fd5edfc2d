import { getNullableType, isInputObjectType, isListType } from "graphql";
import { expect, it } from "vitest";
import { buildSchema } from "../../src/schema/buildSchema.ts";
import { COSTS } from "../../src/schema/costs.ts";

const schema = await buildSchema();
const ROOTS = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!];
const fields = ROOTS.flatMap((type) =>
  Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })),
);

it("says of every root field what it costs, so that none is forgotten where it is added", () => {
  expect(fields.map(({ name }) => name).filter((name) => !(name in COSTS))).toEqual([]);
});

it("counts rows by arguments that are there, and that are lists", () => {
  for (const { name, field } of fields) {
    const { size, given = {} } = COSTS[name] ?? {};
    for (const argument of Object.keys(given)) expect(field.args.map((arg) => arg.name)).toContain(argument);
    if (!size) continue;
    const [first, ...rest] = size.split(".");
    let type = getNullableType(field.args.find((arg) => arg.name === first)?.type);
    for (const inner of rest) {
      type = getNullableType(isInputObjectType(type) ? type.getFields()[inner]?.type : undefined);
    }
    expect([name, isListType(type)]).toEqual([name, true]);
  }
});

it("costs more where more is read than a row", () => {
  const onceOf = (name: string) => COSTS[name].once ?? 0;
  for (const dear of [
    "Query.usersFor",
    "Query.attributions",
    "Query.likelyTriples",
    "Mutation.activateModel",
  ]) {
    expect(onceOf(dear)).toBeGreaterThan(onceOf("Query.node"));
    expect(onceOf(dear)).toBeLessThan(500); // what one request may cost, see DEFAULT_LIMITS
  }
});
