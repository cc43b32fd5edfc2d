import type { Revision } from "../types.ts";

/** How far Postgres is, in one statement that is asked once a second. */
export const POLL = `
  select g.revision::text, m.model_id::text as model,
         (select string_agg(id || ':' || version, ',' order by id) from vector_set) as vectors
    from graph g left join active_model m on true`;

/** What it answers. */
export interface Polled {
  readonly revision: Revision;
  readonly model: string | null;
  /** Version of each vector set. */
  readonly vectors: string | null;
}
