import type { EditOptions, EditResult, NewEntity, NewTriple, Problem } from "./curation.ts";
import type { ChangeRow, JSONObject, Revision, Source, Triple, TripleId } from "./graph.ts";
import type { Page, PageArguments } from "./reading.ts";

export type ProposalStatus = "PENDING" | "ACCEPTED" | "REJECTED" | "WITHDRAWN";

/** How a proposed triple was found. */
export type ProposalMethod = "MANUAL" | "GAZETTEER" | "PATTERN" | "MODEL" | "LINK_PREDICTION";

/** The words of a text that say it; positions count UTF-16 code units of that text. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** A triple to propose. Head and tail are keys of entities of the graph, or of entities proposed with it. */
export interface ProposedTriple extends Omit<NewTriple, "rank"> {
  readonly method?: ProposalMethod | null;
  readonly span?: TextSpan | null;
}

export interface NewProposals {
  readonly triples: readonly ProposedTriple[];
  /** Entities that the triples need and the graph does not have. */
  readonly entities?: readonly NewEntity[] | null;
  /** Leaves out what the graph has already, in place of a problem for each. */
  readonly skipKnown?: boolean;
}

/** A triple that somebody proposes and a curator reviews. Head, relation and tail are keys. */
export interface Proposal {
  readonly id: string;
  readonly status: ProposalStatus;
  readonly head: string;
  readonly relation: string;
  readonly tail: string;
  /** What the head is to become where the graph does not have it. */
  readonly headEntity: NewEntity | null;
  readonly tailEntity: NewEntity | null;
  /** 0..1, the highest that a supporter gave. */
  readonly confidence: number;
  readonly qualifiers: JSONObject;
  readonly sources: readonly Source[];
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
  readonly method: ProposalMethod;
  readonly span: TextSpan | null;
  readonly reason: string | null;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  /** Everybody who proposed it, the first one first. */
  readonly supporters: readonly string[];
  readonly reviewedBy: string | null;
  readonly reviewedAt: Date | null;
  /** What the reviewer said. */
  readonly note: string | null;
  /** The change that accepted it. */
  readonly changeRevision: Revision | null;
  readonly tripleId: TripleId | null;
  /** Counts its edits. */
  readonly revision: number;
}

export interface ProposalDecision {
  readonly id: string;
  readonly decision: "ACCEPT" | "REJECT";
  readonly note?: string | null;
  /** Refused with REVISION_CONFLICT where the proposal has moved on, a new supporter included. */
  readonly expectedRevision?: number | null;
}

/** What would come of accepting a proposal now: the real edit, rolled back. */
export interface ProposalAssessment {
  /** Rows that would be written. */
  readonly rows: readonly ChangeRow[];
  /** Why it could not be accepted as the graph is now. */
  readonly conflicts: readonly Problem[];
  /** Triples of the graph that speak against it: the same statement, or one that takes its only place. */
  readonly contradicting: readonly Triple[];
}

/** Triples that wait for a curator. With any problem nothing is written. */
export interface Proposals {
  /** An identical one that is pending gains a supporter instead of a second row. */
  propose(input: NewProposals, options: EditOptions): Promise<EditResult<readonly Proposal[]>>;
  /** All accepted of one call are one change. Nobody accepts what they support. */
  review(
    decisions: readonly ProposalDecision[],
    options: EditOptions,
  ): Promise<EditResult<readonly Proposal[]>>;
  /** Takes the actor's support back; without supporters a proposal is withdrawn. */
  withdraw(ids: readonly string[], options: EditOptions): Promise<EditResult<readonly Proposal[]>>;
  /** Oldest first; `supporter` leaves only those that this viewer proposed. */
  findProposals(
    filter: { readonly status: ProposalStatus | null; readonly supporter?: string | null },
    page: PageArguments,
  ): Promise<Page<Proposal>>;
  findProposal(id: string): Promise<Proposal | null>;
  /** What accepting each would come to, in the order asked. */
  assess(proposals: readonly Proposal[]): Promise<ProposalAssessment[]>;
}
