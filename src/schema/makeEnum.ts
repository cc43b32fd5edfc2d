import { registerEnumType } from "type-graphql";

/**
 * Makes a GraphQL enum from the members of a domain union and their descriptions.
 * The compiler refuses a member that the union lacks and one that is forgotten.
 */
export function makeEnum<T extends string>(
  name: string,
  description: string,
  members: Readonly<Record<T, string>>,
): { readonly [K in T]: K } {
  const names = Object.keys(members) as T[];
  const values = Object.fromEntries(names.map((member) => [member, member])) as { [K in T]: K };
  const valuesConfig = Object.fromEntries(
    names.map((member) => [member, { description: members[member] }]),
  ) as Record<T, { description: string }>;
  registerEnumType(values, { name, description, valuesConfig });
  return values;
}
