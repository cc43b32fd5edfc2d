/** How a table's rows are read: the SQL of each field of the domain object. */
export type Columns<T> = Readonly<Record<keyof T & string, string>>;

/** The `select` list of some fields, under their names in the domain. */
export function columnsSql<T>(columns: Columns<T>, fields: readonly (keyof T & string)[]): string {
  return fields.map((field) => `${columns[field]} as "${field}"`).join(", ");
}

/** A scalar subquery's value that holds some fields: a JSON array, which `makeLeanReader` reads. */
export function packedSql<T>(columns: Columns<T>, fields: readonly (keyof T & string)[]): string {
  return `json_build_array(${fields.map((field) => columns[field]).join(", ")})`;
}

/**
 * Makes the reader of rows of which only some fields were selected. Reading another one of the object that it gives
 * is a bug, and throws instead of giving undefined.
 */
export function makeLeanReader<T extends object>(
  columns: Columns<T>,
  fields: readonly (keyof T & string)[],
): (values: (field: keyof T & string, index: number) => unknown) => T {
  const missing = Object.keys(columns).filter((name) => !fields.includes(name as keyof T & string));
  const prototype = Object.defineProperties(
    {},
    Object.fromEntries(missing.map((name) => [name, { get: () => refuse(name) }])),
  );
  return (values) => {
    const lean = Object.create(prototype);
    for (let i = 0; i < fields.length; i++) lean[fields[i]] = values(fields[i], i);
    return lean;
  };
}

function refuse(name: string): never {
  throw new TypeError(`${name} was not selected; expected a field that the query names`);
}
