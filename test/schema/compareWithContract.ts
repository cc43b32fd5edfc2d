import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLSchema,
  type InputValueDefinitionNode,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  print,
  type TypeNode,
  valueFromAST,
} from "graphql";

export interface Comparison {
  /** Of the contract and not of the schema: "Type", "Type.field" or "Type.field(argument)". */
  readonly missing: string[];
  /** Of both, but not the same. */
  readonly different: string[];
}

/** Compares names, arguments, types, nullability and defaults; the schema may have more, if it is optional. */
export function compareWithContract(schema: GraphQLSchema, contract: DocumentNode): Comparison {
  const found: Comparison = { missing: [], different: [] };
  for (const definition of contract.definitions) compareDefinition(schema, definition, found);
  return found;
}

/** Names of all types that the contract's fields and arguments use, but those of the fields `left out`. */
export function namesUsed(contract: DocumentNode, leftOut: ReadonlySet<string>): Set<string> {
  const names = new Set<string>();
  for (const definition of contract.definitions) {
    if (!("fields" in definition)) continue;
    for (const field of definition.fields ?? []) {
      if (leftOut.has(`${definition.name?.value}.${field.name.value}`)) continue;
      names.add(innermost(field.type));
      if ("arguments" in field)
        for (const argument of field.arguments ?? []) names.add(innermost(argument.type));
    }
  }
  return names;
}

function compareDefinition(schema: GraphQLSchema, definition: DefinitionNode, found: Comparison): void {
  if (!("name" in definition) || !definition.name) return;
  const name = definition.name.value;
  const type = schema.getType(name);
  switch (definition.kind) {
    case Kind.SCALAR_TYPE_DEFINITION:
      if (!isScalarType(type)) found.missing.push(name);
      return;
    case Kind.ENUM_TYPE_DEFINITION: {
      const values = isEnumType(type) ? type.getValues().map((value) => value.name) : [];
      for (const value of definition.values ?? []) {
        if (!values.includes(value.name.value)) found.missing.push(`${name}.${value.name.value}`);
      }
      return;
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
      const fields = isInputObjectType(type) ? type.getFields() : {};
      compareInputs(name, definition.fields ?? [], Object.values(fields), found);
      if (isInputObjectType(type) && type.isOneOf !== hasDirective(definition.directives, "oneOf")) {
        found.different.push(`${name}: @oneOf`);
      }
      return;
    }
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_DEFINITION: {
      const is = definition.kind === Kind.OBJECT_TYPE_DEFINITION ? isObjectType : isInterfaceType;
      const interfaces = is(type) ? type.getInterfaces().map((one) => one.name) : [];
      for (const one of definition.interfaces ?? []) {
        if (!interfaces.includes(one.name.value))
          found.different.push(`${name}: implements ${one.name.value}`);
      }
      for (const field of definition.fields ?? []) {
        compareField(name, field, is(type) ? type.getFields()[field.name.value] : undefined, found);
      }
    }
  }
}

function compareField(
  typeName: string,
  wanted: FieldDefinitionNode,
  field: { readonly type: unknown; readonly args: readonly GraphQLArgument[] } | undefined,
  found: Comparison,
): void {
  const at = `${typeName}.${wanted.name.value}`;
  if (!field) found.missing.push(at);
  else {
    if (String(field.type) !== print(wanted.type)) {
      found.different.push(`${at}: ${field.type}, expected ${print(wanted.type)}`);
    }
    compareInputs(at, wanted.arguments ?? [], field.args, found);
  }
}

function compareInputs(
  at: string,
  wanted: readonly InputValueDefinitionNode[],
  inputs: readonly (GraphQLArgument | GraphQLInputField)[],
  found: Comparison,
): void {
  for (const one of wanted) {
    const input = inputs.find(({ name }) => name === one.name.value);
    if (!input) found.missing.push(`${at}(${one.name.value})`);
    else {
      if (String(input.type) !== print(one.type)) {
        found.different.push(`${at}(${input.name}): ${input.type}, expected ${print(one.type)}`);
      }
      const expected = one.defaultValue && valueFromAST(one.defaultValue, input.type);
      if (JSON.stringify(input.defaultValue) !== JSON.stringify(expected)) {
        found.different.push(`${at}(${input.name}): default ${input.defaultValue}, expected ${expected}`);
      }
    }
  }
  for (const input of inputs) {
    const required = isNonNullType(input.type) && input.defaultValue === undefined;
    if (required && !wanted.some(({ name }) => name.value === input.name)) {
      found.different.push(`${at}(${input.name}): required, but not in the contract`);
    }
  }
}

function hasDirective(directives: readonly ConstDirectiveNode[] | undefined, name: string): boolean {
  return directives?.some((directive) => directive.name.value === name) ?? false;
}

function innermost(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : innermost(type.type);
}
