import { readFileSync } from "node:fs";
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, validateSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { buildSchema } from "../src/schema/buildSchema.ts";
import { printSchemaText } from "../src/schema/printSchemaText.ts";

describe("schema.graphql", () => {
  it("is what the code prints (else run `npm run schema`)", async () => {
    const checkedIn = readFileSync(new URL("../schema.graphql", import.meta.url), "utf8");
    expect(checkedIn).toBe(await printSchemaText());
  });

  it("shows that an entity is named by exactly one of id and key", async () => {
    expect(await printSchemaText()).toContain("input EntityBy @oneOf {");
  });
});

describe("the schema", () => {
  it("is valid", async () => {
    expect(validateSchema(await buildSchema())).toEqual([]);
  });

  it("describes every type, field, argument and enum value", async () => {
    expect(undescribed(await buildSchema())).toEqual([]);
  });
});

function undescribed(schema: Awaited<ReturnType<typeof buildSchema>>): string[] {
  const missing: string[] = [];
  const note = (at: string, description: string | null | undefined) => {
    if (!description?.trim()) missing.push(at);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (!["Query", "Mutation", "Subscription"].includes(type.name)) note(type.name, type.description);
    if (isEnumType(type))
      for (const value of type.getValues()) note(`${type.name}.${value.name}`, value.description);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      note(`${type.name}.${field.name}`, field.description);
      if (!("args" in field)) continue;
      for (const argument of field.args)
        note(`${type.name}.${field.name}(${argument.name})`, argument.description);
    }
  }
  return missing;
}
