import { readFile } from "node:fs/promises";
import { DomainError } from "../../errors.ts";
import { type NumberArray, packArrays, unpackArrays } from "./packArrays.ts";
import { writeAtomically } from "./writeAtomically.ts";

const MAGIC = "WHYGRAPH-CHECKPOINT-1";

/** A training between two epochs: all that it takes to go on as if it had never stopped. */
export interface Checkpoint<State> {
  /** Digest of everything that the training depends on: its settings and its data. */
  readonly digest: string;
  /** Counters, the state of the random source, the log. */
  readonly state: State;
  /** Parameters and moments by name. */
  readonly arrays: Readonly<Record<string, NumberArray>>;
}

interface Header<State> {
  readonly digest: string;
  readonly state: State;
}

/** Writes a checkpoint in place of the one before; a crash leaves one of the two, whole. */
export async function writeCheckpoint<State>(
  file: string,
  { digest, state, arrays }: Checkpoint<State>,
): Promise<void> {
  await writeAtomically(file, packArrays<Header<State>>(MAGIC, { header: { digest, state }, arrays }));
}

/**
 * Reads a checkpoint; null where the file does not exist.
 * @throws {DomainError} CONFIGURATION where it is cut off, foreign, or of another training than `digest`
 */
export async function readCheckpoint<State>(file: string, digest: string): Promise<Checkpoint<State> | null> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (bytes === null) return null;
  const { header, arrays } = unpackArrays<Header<State>>(bytes, MAGIC, `checkpoint ("${file}")`);
  if (header.digest !== digest) {
    throw new DomainError(
      "CONFIGURATION",
      `not a usable checkpoint ("${file}"): it is of the training ${header.digest}, expected ${digest}; its settings or data are others`,
    );
  }
  return { digest, state: header.state, arrays };
}

/** Copies the arrays of a checkpoint into the live ones. @throws {RangeError} where one is missing or of another length */
export function restoreArrays(
  from: Readonly<Record<string, NumberArray>>,
  into: Readonly<Record<string, NumberArray>>,
): void {
  for (const [name, target] of Object.entries(into)) {
    const source = from[name];
    if (source?.length !== target.length) {
      throw new RangeError(`the array ${name} has ${source?.length} numbers; expected ${target.length}`);
    }
    target.set(source);
  }
}
