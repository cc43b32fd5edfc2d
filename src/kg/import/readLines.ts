import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { DomainError } from "../../errors.ts";
import type { OnBytes, SourceFile } from "./types.ts";

export const MAX_LINE_BYTES = 16 * 1024 * 1024;
const CHUNK_BYTES = 32 * 1024; // the rows of a larger one outlive a young generation, and collecting them costs more
const RAW_OF_AN_OVERLONG_LINE = 1000;

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** Why the line cannot be read; `text` then shows its bytes as well as can be. */
  readonly fault?: string;
}

/**
 * Reads a file, gunzipping a `.gz`, chunk by chunk.
 * @throws {DomainError} BAD_USER_INPUT where the file is unreadable, or a `.gz` is cut off or damaged
 */
export async function* readBytes(file: SourceFile, onBytes: OnBytes): AsyncGenerator<Buffer> {
  const disk = createReadStream(file.path, { highWaterMark: CHUNK_BYTES });
  const gunzip = file.path.endsWith(".gz") ? createGunzip({ chunkSize: CHUNK_BYTES }) : null;
  if (gunzip) disk.on("error", (error) => gunzip.destroy(error)).pipe(gunzip);
  try {
    for await (const chunk of gunzip ?? disk) {
      onBytes(disk.bytesRead);
      yield chunk as Buffer;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const expected = gunzip ? "a whole gzip file" : "a readable file";
    throw new DomainError("BAD_USER_INPUT", `cannot read ${file.name}: ${reason}; expected ${expected}`);
  } finally {
    gunzip?.destroy();
    disk.destroy();
  }
}

/**
 * Decodes what `readBytes` reads, without a byte order mark.
 * @throws {DomainError} BAD_USER_INPUT where it is not UTF-8
 */
export async function* decodeUtf8(file: SourceFile, chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (chunk?: Buffer): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch (error) {
      const reason = (error as Error).message;
      throw new DomainError("BAD_USER_INPUT", `cannot read ${file.name}: ${reason}; expected UTF-8`);
    }
  };
  for await (const chunk of chunks) yield decode(chunk);
  yield decode();
}

/** Reads the lines of a file in batches, without their ends. Memory is bounded by the longest line allowed. */
export async function* readLines(file: SourceFile, onBytes: OnBytes): AsyncGenerator<readonly Line[]> {
  const lines = new LineSplitter();
  for await (const chunk of readBytes(file, onBytes)) {
    const batch = lines.push(chunk);
    if (batch.length > 0) yield batch;
  }
  const last = lines.end();
  if (last.length > 0) yield last;
}

class LineSplitter {
  private rest: Buffer = Buffer.alloc(0);
  private number = 0;
  private overlong: string | null = null;

  push(chunk: Buffer): Line[] {
    const batch: Line[] = [];
    let bytes = chunk;
    if (this.overlong !== null) {
      const end = chunk.indexOf(10);
      if (end < 0) return batch;
      batch.push(this.endOverlong(this.overlong));
      bytes = chunk.subarray(end + 1);
    } else if (this.rest.length > 0) {
      bytes = Buffer.concat([this.rest, chunk]);
    }
    const end = bytes.lastIndexOf(10);
    if (end >= 0) this.decode(bytes.subarray(0, end), batch);
    this.rest = bytes.subarray(end + 1);
    if (this.rest.length > MAX_LINE_BYTES) {
      this.overlong = showBytes(this.rest.subarray(0, RAW_OF_AN_OVERLONG_LINE));
      this.rest = Buffer.alloc(0);
    }
    return batch;
  }

  end(): Line[] {
    const batch: Line[] = [];
    if (this.overlong !== null) batch.push(this.endOverlong(this.overlong));
    else if (this.rest.length > 0) this.decode(this.rest, batch);
    return batch;
  }

  private endOverlong(raw: string): Line {
    this.overlong = null;
    return { number: ++this.number, text: raw, fault: `the line is longer than ${MAX_LINE_BYTES} bytes` };
  }

  /** Decodes at once what is all UTF-8, and line by line what is not. */
  private decode(bytes: Buffer, batch: Line[]): void {
    if (isUtf8(bytes)) {
      for (const text of bytes.toString("utf8").split("\n")) batch.push(this.lineOf(text));
      return;
    }
    for (let start = 0; start <= bytes.length; ) {
      const found = bytes.indexOf(10, start);
      const line = bytes.subarray(start, found < 0 ? bytes.length : found);
      if (isUtf8(line)) batch.push(this.lineOf(line.toString("utf8")));
      else batch.push({ number: ++this.number, text: showBytes(line), fault: "the line is not valid UTF-8" });
      start += line.length + 1;
    }
  }

  private lineOf(text: string): Line {
    this.number++;
    const start = this.number === 1 && text.startsWith("\uFEFF") ? 1 : 0;
    const end = text.endsWith("\r") ? text.length - 1 : text.length;
    return { number: this.number, text: text.slice(start, end) };
  }
}

/** Bytes outside printable ASCII as \xNN, so that nothing of a bad line is lost. */
function showBytes(bytes: Buffer): string {
  return bytes
    .toString("latin1")
    .replace(/[^\t\x20-\x7e]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
