import type { Database } from "../../database.ts";
import { isBigint } from "../../queries/values.ts";
import type { Proposals } from "../../types.ts";
import { assessProposals } from "./assessProposals.ts";
import { findProposals, findProposalsByIds } from "./findProposals.ts";
import { proposeTriples } from "./proposeTriples.ts";
import { reviewProposals } from "./reviewProposals.ts";
import { withdrawProposals } from "./withdrawProposals.ts";

/** Creates what may be done with proposals on a database. */
export function createProposals(db: Database): Proposals {
  return {
    propose: (input, options) => proposeTriples(db, input, options),
    review: (decisions, options) => reviewProposals(db, decisions, options),
    withdraw: (ids, options) => withdrawProposals(db, ids, options),
    findProposals: (filter, page) => findProposals(db, filter, page),
    findProposal: async (id) => (isBigint(id) ? ((await findProposalsByIds(db, [id]))[0] ?? null) : null),
    assess: (proposals) => assessProposals(db, proposals),
  };
}
