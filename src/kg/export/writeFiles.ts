import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

/**
 * Streams `sources` one after the other into one file. It appears under its name only when it is whole, so that
 * no half export is ever taken for one.
 */
export async function writeWhole(
  path: string,
  sources: readonly (() => AsyncIterable<Buffer | string>)[],
  onBytes: (bytes: number) => void,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial-${process.pid}`;
  try {
    await pipeline(Readable.from(concatenate(sources)), countBytes(onBytes), createWriteStream(partial));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function* concatenate(
  sources: readonly (() => AsyncIterable<Buffer | string>)[],
): AsyncGenerator<Buffer | string> {
  for (const source of sources) yield* source();
}

function countBytes(onBytes: (bytes: number) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
}
