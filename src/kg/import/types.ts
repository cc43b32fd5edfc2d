import type { Revision } from "../types.ts";
import type { BadRow } from "./badRow.ts";

export const IMPORT_FORMATS = ["layout", "recbole", "movielens", "rdf", "table"] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

export interface ImportOptions {
  /** A folder or a file. */
  readonly path: string;
  /** Found from the names of the files where absent. */
  readonly format?: ImportFormat;
  /** Kind of the interactions whose source names none; "rating" where absent. */
  readonly kind?: string;
  /** Goes before every user key, and before nothing else: keeps two sources' users apart. */
  readonly userPrefix?: string;
  /** Type of the items, and the prefix of their keys where the source has bare numbers. */
  readonly type?: string;
  /** JSON file that says how the columns of a table become records (format "table"). */
  readonly mapping?: string;
  /** Where bad rows go; the file is made with the first of them. */
  readonly rejects: string;
  /** What relative IRIs of RDF are relative to; `file:///` and the name of the file where absent. */
  readonly base?: string;
  readonly actor?: string;
  readonly reason?: string;
}

export interface ImportProgress {
  readonly phase: "reading" | "merging" | "done";
  /** Name of the file being read, or of the table being merged. */
  readonly what: string;
  /** Bytes of the source read so far, as they lie on disk. */
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface Counts {
  readonly entities: number;
  readonly relations: number;
  readonly triples: number;
  readonly interactions: number;
}

export interface ImportResult {
  readonly format: ImportFormat;
  readonly files: readonly string[];
  /** Files and columns that have no place in the graph, with the reason. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** Records taken from the files; several may name the same thing. */
  readonly read: Counts;
  readonly inserted: Counts;
  readonly updated: Counts;
  /** Named by the source and already as it says. */
  readonly unchanged: Counts;
  /** Of the inserted entities: those that no record describes, only triples or interactions name. */
  readonly made: number;
  readonly rejected: number;
  readonly rejectsFile: string | null;
  /** Revision of the graph after the import. */
  readonly revision: Revision;
  readonly seconds: number;
  /** Triples read over the seconds of the whole import. */
  readonly triplesPerSecond: number;
}

// --- records: what every format is read into. A cell is text as the source wrote it; absent = not stated. ----

export type Cell = string | null | undefined;

export interface EntityRecord {
  readonly kind: "entity";
  readonly key: string;
  readonly type?: Cell;
  readonly name?: Cell;
  /**
   * Where stated, `name`, `type` and `description` are of several: those of the highest preference count, of these the
   * first; the other names are aliases. A record without a preference comes before all that have one.
   */
  readonly preference?: number;
  readonly aliases?: readonly string[] | null;
  readonly description?: Cell;
  /** JSON object. */
  readonly attributes?: Cell;
  readonly isItem?: Cell;
  /** Key of the survivor. */
  readonly mergedInto?: Cell;
}

/** One value of one attribute; several different values become a list. */
export interface AttributeRecord {
  readonly kind: "attribute";
  readonly key: string;
  readonly name: string;
  /** JSON. */
  readonly value: string;
}

export interface RelationRecord {
  readonly kind: "relation";
  readonly key: string;
  readonly label?: Cell;
  readonly inverseLabel?: Cell;
  readonly domain?: readonly string[] | null;
  readonly range?: readonly string[] | null;
  readonly maxPerHead?: Cell;
  readonly symmetric?: Cell;
}

export interface TripleRecord {
  readonly kind: "triple";
  readonly head: string;
  readonly relation: string;
  readonly tail: string;
  readonly confidence?: Cell;
  readonly rank?: Cell;
  /** JSON object. */
  readonly qualifiers?: Cell;
  /** JSON array. */
  readonly sources?: Cell;
  /** ISO 8601. */
  readonly validFrom?: Cell;
  readonly validTo?: Cell;
  /** Key of the RDF graph that states it; null is the default graph. */
  readonly graph?: Cell;
}

export interface InteractionRecord {
  readonly kind: "interaction";
  readonly user: string;
  readonly item: string;
  readonly interaction?: Cell;
  readonly weight?: Cell;
  /** Epoch seconds or ISO 8601. */
  readonly at?: Cell;
  readonly split?: Cell;
}

/** Says that the entity `entity` of the triples is the item `item`. */
export interface LinkRecord {
  readonly kind: "link";
  readonly entity: string;
  readonly item: string;
}

export type ImportRecord =
  | EntityRecord
  | AttributeRecord
  | RelationRecord
  | TripleRecord
  | InteractionRecord
  | LinkRecord;

/** One row of a file, whatever its format: the records that it states, or why it is bad. */
export interface SourceRow {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly raw: string;
  readonly records: readonly ImportRecord[] | BadRow;
}

/** A file on disk; `name` is what messages call it. */
export interface SourceFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
}

/** Tells how many bytes of the file on disk have been read. */
export type OnBytes = (bytes: number) => void;

/** A file with the function that reads its rows, batch by batch. */
export interface PlannedFile {
  readonly file: SourceFile;
  rows(onBytes: OnBytes): AsyncGenerator<readonly SourceRow[]>;
}

/** What a format makes of a source before anything is read. */
export interface ReadPlan {
  readonly files: readonly PlannedFile[];
  /** Filled while reading, too. */
  readonly skipped: { readonly file: string; readonly reason: string }[];
  /** Type of the entities that no record types; from the prefix of the key where null. */
  readonly fallbackType: string | null;
}
