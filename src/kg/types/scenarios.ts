import type { EditOptions, EditResult } from "./curation.ts";
import type { JSONObject } from "./graph.ts";

/** One version of a named way to recommend. */
export interface ScenarioVersion {
  readonly key: string;
  /** From 1 on. */
  readonly version: number;
  /** Null where this version deleted it. */
  readonly definition: JSONObject | null;
  readonly actor: string;
  readonly reason: string | null;
  readonly at: Date;
}

/** Named ways to recommend; every change of one is a version. `expectedRevision` of an edit is the version that stands. */
export interface Scenarios {
  /** A version, the newest where null; null where there is none. */
  find(key: string, version: number | null): Promise<ScenarioVersion | null>;
  /** The newest versions of those that are not deleted, by key. */
  findAll(): Promise<readonly ScenarioVersion[]>;
  /** All versions of one, the newest first. */
  findVersions(key: string): Promise<readonly ScenarioVersion[]>;
  /** Writes a version; `definition` null deletes. What stands already is not written again. */
  write(
    scenario: { readonly key: string; readonly definition: JSONObject | null },
    options: EditOptions,
  ): Promise<EditResult<ScenarioVersion>>;
}
