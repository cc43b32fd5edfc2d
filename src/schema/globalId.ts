import { DomainError } from "../errors.ts";

/** The types that have a global id. */
export const NODE_TYPES = ["Entity", "Relation", "Triple", "Change", "Model", "Job", "Proposal"] as const;
export type NodeType = (typeof NODE_TYPES)[number];

export interface GlobalId {
  readonly type: NodeType;
  /** Identity in the database, a decimal string. */
  readonly id: string;
}

const PLAIN = /^([A-Za-z]+):(0|[1-9]\d{0,17})$/; // 18 digits always fit a bigint
const LARGEST_RELATION = 2_147_483_647; // the identity of a relation is an integer

/** Makes the opaque id that the API shows: base64url of "Entity:123". */
export function globalId(type: NodeType, id: string | number): string {
  return Buffer.from(`${type}:${id}`).toString("base64url");
}

/**
 * Parses an id that `globalId` made.
 * @throws {DomainError} BAD_USER_INPUT naming the value, where it is malformed or of another type than `expected`
 */
export function parseGlobalId(value: string, expected?: NodeType): GlobalId {
  const [, type, id] = PLAIN.exec(Buffer.from(value, "base64url").toString()) ?? [];
  const known = NODE_TYPES.find((name) => name === type);
  if (!known || globalId(known, id) !== value || (known === "Relation" && Number(id) > LARGEST_RELATION)) {
    throw new DomainError("BAD_USER_INPUT", `id "${value}" is malformed; expected an id that this API gave`);
  }
  if (expected && known !== expected) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `id "${value}" names a ${known}; expected one of type ${expected}`,
    );
  }
  return { type: known, id };
}
