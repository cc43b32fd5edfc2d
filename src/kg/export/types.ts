import type { Revision } from "../types.ts";

export const EXPORT_FORMATS = ["layout", "jsonl", "nt", "nq", "ttl", "trig", "jsonld", "prov"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  readonly format: ExportFormat;
  /** A folder for "layout", a file for the others; an export that was there is replaced when this one is whole. */
  readonly to: string;
}

export interface ExportProgress {
  readonly what: string;
  readonly bytes: number;
}

export interface ExportResult {
  readonly format: ExportFormat;
  readonly to: string;
  readonly files: readonly string[];
  /** Rows of the graph written. */
  readonly written: {
    readonly entities: number;
    readonly relations: number;
    readonly triples: number;
    readonly interactions: number;
  };
  /** Of which revision the export is. */
  readonly revision: Revision;
  readonly bytes: number;
  readonly seconds: number;
}

/** Writes the graph of one snapshot to a folder or file; gives the names of the files. */
export type Exporter = (work: {
  readonly client: import("pg").ClientBase;
  readonly to: string;
  readonly revision: Revision;
  onBytes(what: string, bytes: number): void;
}) => Promise<readonly string[]>;
