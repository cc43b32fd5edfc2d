import { createHash } from "node:crypto";
import { DomainError } from "../../../errors.ts";
import type { Rejects } from "../../import/rejects.ts";
import { findEntitiesByKeys } from "../../queries/findEntitiesByKeys.ts";
import type { EntityId, Queryable } from "../../types.ts";
import { openVectorSet } from "../openVectorSet.ts";
import { readDigests } from "../readDigests.ts";
import { announceVectors, type EntityVector, writeVectors } from "../writeVectors.ts";
import type { VectorRow } from "./types.ts";

export interface VectorTarget {
  /** Of the vector set. */
  readonly name: string;
  readonly encoder: string;
  /** Name of the file that the rows come from. */
  readonly file: string;
}

export interface Written {
  readonly set: string;
  readonly encoder: string;
  readonly dim: number;
  readonly read: number;
  readonly written: number;
  /** Stored already as the file has them. */
  readonly unchanged: number;
}

/** Writes rows of a file into a set, which is made with the first good one: it says how long the vectors are. */
export class VectorWriter {
  read = 0;
  #written = 0;
  #unchanged = 0;
  #set: { readonly id: number; readonly dim: number } | null = null;
  readonly #seen = new Set<EntityId>();

  constructor(
    private readonly tx: Queryable,
    private readonly target: VectorTarget,
    private readonly rejects: Rejects,
  ) {}

  async add(rows: readonly VectorRow[]): Promise<void> {
    this.read += rows.length;
    const entities = await findEntitiesByKeys(
      this.tx,
      rows.map(({ key }) => key),
    );
    const good: EntityVector[] = [];
    for (const row of rows) {
      const entityId = entities.get(row.key)?.id;
      const fault = row.fault ?? this.#findFault(row, entityId);
      if (fault !== null) {
        await this.rejects.add({ file: this.target.file, line: row.line, raw: row.key }, fault);
      } else {
        this.#seen.add(entityId!);
        good.push({ entityId: entityId!, digest: digestOf(row.vector!), vector: row.vector, reason: null });
        this.#set ??= await this.#open(row.vector!.length);
      }
    }
    await this.#write(good);
  }

  /** @throws {DomainError} BAD_USER_INPUT where no row was good */
  async finish(): Promise<Written> {
    if (this.#set === null) {
      throw new DomainError(
        "BAD_USER_INPUT",
        `none of the ${this.read} rows of ${this.target.file} has a vector of a known entity` +
          `${this.rejects.file ? `, see ${this.rejects.file}` : ""}; expected at least one`,
      );
    }
    if (this.#written > 0) await announceVectors(this.tx, this.#set.id);
    return {
      ...{ set: this.target.name, encoder: this.target.encoder, dim: this.#set.dim },
      ...{ read: this.read, written: this.#written, unchanged: this.#unchanged },
    };
  }

  #findFault({ key, vector }: VectorRow, id: EntityId | undefined): string | null {
    if (id === undefined) return `no entity has the key "${key}"`;
    if (this.#seen.has(id)) return `the entity of "${key}" came before`;
    const dim = this.#set?.dim ?? vector!.length;
    return vector!.length === dim ? null : `the vector has ${vector!.length} numbers, expected ${dim}`;
  }

  async #open(dim: number): Promise<{ id: number; dim: number }> {
    const { name, encoder } = this.target;
    return { id: await openVectorSet(this.tx, { name, kind: "VECTOR", encoder, dim }), dim };
  }

  async #write(rows: readonly EntityVector[]): Promise<void> {
    if (this.#set === null || rows.length === 0) return;
    const known = await readDigests(
      this.tx,
      this.#set.id,
      rows.map(({ entityId }) => entityId),
    );
    const changed = rows.filter(({ entityId, digest }) => !known.get(entityId)?.equals(digest));
    await writeVectors(this.tx, this.#set.id, changed);
    this.#written += changed.length;
    this.#unchanged += rows.length - changed.length;
  }
}

function digestOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return createHash("sha256")
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest();
}
