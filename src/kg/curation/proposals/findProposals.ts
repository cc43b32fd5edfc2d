import type { Keyset } from "../../queries/keyset.ts";
import { makePage, type Positioned, pageSql, readWindow } from "../../queries/page.ts";
import { Parameters } from "../../queries/parameters.ts";
import { comparable } from "../../queries/values.ts";
import type { Page, PageArguments, Proposal, ProposalStatus, Queryable } from "../../types.ts";
import { PROPOSAL_COLUMNS } from "./proposalColumns.ts";

const OLDEST_FIRST: Keyset = { name: "proposals", columns: [{ sql: "p.id", type: "bigint" }] }; // proposal_status
const BY_IDS = `select ${PROPOSAL_COLUMNS} from proposal p where p.id = any($1::bigint[])`;

/**
 * Finds a page of the proposals with a status, oldest first: who waits longest is reviewed first.
 * `supporter` leaves those that this viewer proposed.
 * @throws {DomainError} BAD_USER_INPUT for bad page arguments
 */
export async function findProposals(
  db: Queryable,
  filter: { readonly status: ProposalStatus | null; readonly supporter?: string | null },
  page: PageArguments,
): Promise<Page<Proposal>> {
  const window = readWindow(page, OLDEST_FIRST);
  const parameters = new Parameters();
  const conditions = ["true"];
  if (filter.status) conditions.push(`p.status = ${parameters.add(filter.status, "text")}`);
  if (filter.supporter != null) {
    const actor = parameters.add(comparable(filter.supporter), "text");
    conditions.push(`p.id in (select proposal_id from proposal_support where actor = ${actor})`); // proposal_support_actor
  }
  const { bounds, position, order, limit } = pageSql(window, parameters);
  const rows = await db.query<Proposal & Positioned>(
    `select ${PROPOSAL_COLUMNS}, ${position} from proposal p
      where ${[...conditions, ...bounds].join(" and ")} order by ${order} limit ${limit}`,
    parameters.values,
  );
  return makePage(rows, window, ({ position: _, ...proposal }) => proposal);
}

/** Finds proposals by id, in the order of `ids`; an unknown one is left out. */
export async function findProposalsByIds(db: Queryable, ids: readonly string[]): Promise<Proposal[]> {
  const rows = await db.query<Proposal>(BY_IDS, [ids]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
