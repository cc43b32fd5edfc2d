import { revertChange } from "../changes/revert/revertChange.ts";
import type { Database } from "../database.ts";
import type { Curation } from "../types.ts";
import { addTriple } from "./addTriple.ts";
import { createEntity } from "./createEntity.ts";
import { defineRelation } from "./defineRelation.ts";
import { defineShape } from "./defineShape.ts";
import { deleteEntity } from "./deleteEntity.ts";
import { deleteShape } from "./deleteShape.ts";
import { forgetUser } from "./forgetUser.ts";
import { mergeEntities } from "./merge/mergeEntities.ts";
import { recordInteractions } from "./recordInteractions.ts";
import { retractTriple } from "./retractTriple.ts";
import { updateEntity } from "./updateEntity.ts";
import { updateTriple } from "./updateTriple.ts";

/** Creates the edits of the graph; each is one transaction. */
export function createCuration(db: Database): Curation {
  return {
    createEntity: (input, options) => createEntity(db, input, options),
    updateEntity: (by, patch, options) => updateEntity(db, { by, patch }, options),
    deleteEntity: (by, { cascade, ...options }) => deleteEntity(db, { by, cascade }, options),
    mergeEntities: (merge, options) => mergeEntities(db, merge, options),
    defineRelation: (definition, options) => defineRelation(db, definition, options),
    defineShape: (definition, options) => defineShape(db, definition, options),
    deleteShape: (key, options) => deleteShape(db, key, options),
    updateTriple: (id, patch, options) => updateTriple(db, { id, patch }, options),
    addTriple: (input, options) => addTriple(db, input, options),
    retractTriple: (id, options) => retractTriple(db, id, options),
    revertChange: (revision, options) => revertChange(db, revision, options),
    recordInteractions: (rows, options) => recordInteractions(db, rows, options),
    forgetUser: (user) => forgetUser(db, user),
  };
}
