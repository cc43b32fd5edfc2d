import { DomainError } from "../../errors.ts";
import type { Queryable, VectorKind } from "../types.ts";

/** What a vector set is to be, or was found to be. */
export interface VectorSetKey {
  readonly name: string;
  readonly kind: VectorKind;
  readonly encoder: string;
  readonly dim: number;
}

const NAME = /^[a-z][a-z0-9_-]{0,62}$/;
// One that a first run has left empty may become anything.
const CLEAR = `
  delete from vector_set s where s.name = $1 and (s.kind, s.encoder, s.dim) is distinct from ($2, $3, $4::int)
     and not exists (select from entity_vector v where v.set_id = s.id)`;
const INSERT = `
  insert into vector_set (name, kind, encoder, dim) values ($1, $2, $3, $4) on conflict (name) do nothing`;
const FIND = `select id, name, kind, encoder, dim from vector_set where name = $1`;

/**
 * Gives the id of a vector set, which is made where there is none of its name.
 * @throws {DomainError} CONFLICT where another encoder made what it holds, BAD_USER_INPUT for a faulty name
 */
export async function openVectorSet(db: Queryable, key: VectorSetKey): Promise<number> {
  const { name, kind, encoder, dim } = key;
  if (!NAME.test(name)) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `a vector set cannot be called "${name}", expected a letter and up to 62 more of a-z, 0-9, _ and -`,
    );
  }
  await db.query(CLEAR, [name, kind, encoder, dim]);
  await db.query(INSERT, [name, kind, encoder, dim]);
  const [found] = await db.query<VectorSetKey & { id: number }>(FIND, [name]);
  if (found?.kind === kind && found.encoder === encoder && found.dim === dim) return found.id;
  const held = found ? describe(found) : "is being deleted";
  throw new DomainError(
    "CONFLICT",
    `the vector set "${name}" ${held}, expected one that ${describe(key)}: vectors of two encoders do not ` +
      `mix; take another name, or delete it first (whygraph vectors delete ${name})`,
  );
}

function describe({ kind, encoder, dim }: VectorSetKey): string {
  return `holds ${kind} vectors of ${encoder} with ${dim} numbers`;
}
