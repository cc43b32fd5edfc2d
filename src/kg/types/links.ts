import type { JSONObject, Revision, Triple } from "./graph.ts";

/** A stored embedding without its artifact. */
export interface EmbeddingRecord {
  readonly id: string;
  /** "complex", "rotate" … */
  readonly model: string;
  readonly config: JSONObject;
  readonly configDigest: string;
  readonly dataRevision: Revision;
  readonly metrics: { readonly [name: string]: number };
  readonly digest: string;
  readonly createdAt: Date;
}

/** A triple by what it says. */
export type TripleKey = Pick<Triple, "headId" | "relationId" | "tailId">;

/** Keys; at least one of the two. */
export interface LinkQuestion {
  readonly entity?: string | null;
  readonly relation?: string | null;
  readonly first: number;
}

/** A triple that the graph does not have. */
export interface LikelyTriple extends TripleKey {
  /** 0..1 */
  readonly score: number;
  /** The embedding model that predicts it. */
  readonly model: string;
}
