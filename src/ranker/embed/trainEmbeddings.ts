import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { readCheckpoint, writeCheckpoint } from "../optimise/checkpoint.ts";
import { type EpochNumbers, Trainer, type TrainerState } from "./Trainer.ts";
import type { EmbedConfig, Embedding, TripleColumns } from "./types.ts";

/** What a training calls and keeps. */
export interface TrainHooks {
  /** Judges the vectors as they are; higher is better. Without it the last epoch's are taken. */
  readonly validate?: (embedding: Embedding) => number;
  /** Called once, with the epoch that comes first: above 0 where a checkpoint is gone on from. */
  readonly onStart?: (epoch: number) => void | Promise<void>;
  readonly onEpoch?: (numbers: EpochNumbers) => void | Promise<void>;
  /** File that is written after each epoch, and gone on from where it is there. */
  readonly checkpoint?: string;
  /** Ends the training after the epoch that runs, as a crash would: the checkpoint stays. */
  readonly signal?: AbortSignal;
}

export interface TrainedEmbedding extends Embedding {
  readonly epochs: readonly EpochNumbers[];
  /** Epoch whose vectors these are. */
  readonly bestEpoch: number;
}

/**
 * Trains vectors of entities and relations on triples: each triple asks for its tail and for its head, each
 * time against negatives. Gives way to the event loop after every epoch. The same triples, configuration and
 * platform give the same vectors, also across a stop and a later call with the same checkpoint.
 * @throws the signal's reason where it ends the training
 * @throws {DomainError} CONFIGURATION where the checkpoint is not one of this training
 */
export async function trainEmbeddings(
  triples: TripleColumns,
  config: EmbedConfig,
  { validate, onStart, onEpoch, checkpoint, signal }: TrainHooks = {},
): Promise<TrainedEmbedding> {
  const trainer = new Trainer(triples, config);
  const digest = digestTraining(triples, config);
  const earlier = checkpoint ? await readCheckpoint<TrainerState>(checkpoint, digest) : null;
  if (earlier) trainer.restore(earlier);
  await onStart?.(trainer.epoch);
  while (!trainer.done) {
    const numbers = trainer.runEpoch(validate);
    await onEpoch?.(numbers);
    if (checkpoint) await writeCheckpoint(checkpoint, { digest, ...trainer.keep() });
    await setImmediate();
    if (!trainer.done) signal?.throwIfAborted();
  }
  return trainer.finish();
}

/** All that the vectors depend on, but the code. */
function digestTraining({ entities, relations, ...columns }: TripleColumns, config: EmbedConfig): string {
  const hash = createHash("sha256").update(
    JSON.stringify([entities, relations, Object.entries(config).sort()]),
  );
  for (const { buffer, byteOffset, byteLength } of [columns.head, columns.relation, columns.tail]) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest("hex");
}
