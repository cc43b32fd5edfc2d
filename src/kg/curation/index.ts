import type { Database } from "../database.ts";
import type { Curation } from "../types.ts";
import { addTriple } from "./addTriple.ts";
import { createEntity } from "./createEntity.ts";
import { forgetUser } from "./forgetUser.ts";
import { recordInteractions } from "./recordInteractions.ts";
import { retractTriple } from "./retractTriple.ts";

/** Creates the edits of the graph; each is one transaction. */
export function createCuration(db: Database): Curation {
  return {
    createEntity: (input, options) => createEntity(db, input, options),
    addTriple: (input, options) => addTriple(db, input, options),
    retractTriple: (id, options) => retractTriple(db, id, options),
    recordInteractions: (rows, options) => recordInteractions(db, rows, options),
    forgetUser: (user) => forgetUser(db, user),
  };
}
