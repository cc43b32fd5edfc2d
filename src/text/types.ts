import type { EntityId, GraphStep } from "../kg/types.ts";

/** What the reader of texts needs to know of an entity. */
export interface NamedEntity {
  readonly id: EntityId;
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly isItem: boolean;
  /** The attribute "year", which tells namesakes apart. */
  readonly year: number | null;
}

/** A place in a text: UTF-16 offsets, `end` exclusive; `quote` is the text between them, to the letter. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** An entity that a mention may mean. */
export interface Candidate {
  readonly entity: NamedEntity;
  /** Share among the candidates of the mention; they sum to 1. */
  readonly confidence: number;
}

/** Names of entities in a text. */
export interface Mention extends Span {
  /** Likeliest first, at least one. */
  readonly candidates: readonly Candidate[];
  /** Whether it is written as a name is: with capitals, in quotes, or letter by letter as in the graph. */
  readonly asName: boolean;
}

/** A name that the graph does not have. */
export interface UnknownName extends Span {
  /** TITLE stands in quotes; NAME is only written with capitals. */
  readonly kind: "PERSON" | "PLACE" | "ORGANIZATION" | "TITLE" | "NAME";
}

/** GAZETTEER: a phrase joins two known entities. PATTERN: the same, with a name that is new. MODEL: a language model said so. LINK_PREDICTION: the graph makes it likely. */
export type ExtractionMethod = "GAZETTEER" | "PATTERN" | "MODEL" | "LINK_PREDICTION";

/** One end of an extracted triple: an entity of the graph, or (key null) one that would be new. */
export interface ExtractedEnd {
  readonly key: string | null;
  readonly name: string;
  readonly type: string;
}

/** A triple that a text states. */
export interface Extraction {
  readonly head: ExtractedEnd;
  /** Key of the relation. */
  readonly relation: string;
  readonly tail: ExtractedEnd;
  /** From the first to the last of the words that state it. */
  readonly span: Span;
  readonly method: ExtractionMethod;
  /** The rule that read it, such as "passive"; what confidence is calibrated by. */
  readonly rule: string;
  /** 0..1 */
  readonly confidence: number;
  /** Whether the graph has it already. */
  readonly known: boolean;
}

/** One answer to a question, with a path from each entity that the question names. */
export interface QuestionAnswer {
  readonly entity: NamedEntity;
  readonly paths: readonly (readonly GraphStep[])[];
}

/** What a question was understood to ask, and what the graph says. */
export interface QuestionResult {
  readonly question: string;
  /** In words; null where the question was not understood. */
  readonly interpretation: string | null;
  /** What became of each part that was understood: "Alien: movie", "directed: directed by". */
  readonly understood: readonly string[];
  /** Words that were not. */
  readonly unknownWords: readonly string[];
  /** Whether the number of answers is asked for. */
  readonly isCount: boolean;
  readonly totalCount: number;
  /** False where the search stopped early: there may be more. */
  readonly isComplete: boolean;
  /** The first ones, by name. */
  readonly answers: readonly QuestionAnswer[];
}

/** Two entities that may be one. */
export interface DuplicatePair {
  readonly entity: NamedEntity;
  /** The one with the higher id. */
  readonly other: NamedEntity;
  /** 0..1 */
  readonly score: number;
  /** What tells for it and against it, in words. */
  readonly reasons: readonly string[];
}
