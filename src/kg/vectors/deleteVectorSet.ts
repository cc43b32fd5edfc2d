import { DomainError } from "../../errors.ts";
import type { Queryable } from "../types.ts";

const DELETE = `delete from vector_set where name = $1 returning id`;
const NAMES = `select name from vector_set order by name`;

/** Deletes a vector set with its vectors. @throws {DomainError} NOT_FOUND where there is none of that name */
export async function deleteVectorSet(db: Queryable, name: string): Promise<void> {
  if ((await db.query(DELETE, [name])).length > 0) return;
  const names = (await db.query<{ name: string }>(NAMES)).map((set) => `"${set.name}"`);
  throw new DomainError(
    "NOT_FOUND",
    `no vector set is called "${name}", expected ${names.length > 0 ? names.join(" or ") : "one that exists; there is none"}`,
  );
}
