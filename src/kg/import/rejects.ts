import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { finished } from "node:stream/promises";
import type { SourceRow } from "./types.ts";

/** Collects bad rows in a TSV file (file, line, reason, raw) that is made with the first of them. */
export class Rejects {
  private stream: WriteStream | null = null;
  count = 0;

  constructor(private readonly path: string) {}

  get file(): string | null {
    return this.stream ? this.path : null;
  }

  /** Writes one bad row; waits while the disk is slower than the source. */
  async add(row: Pick<SourceRow, "file" | "line" | "raw">, reason: string): Promise<void> {
    this.stream ??= await this.open();
    this.count++;
    const line = [row.file, String(row.line), reason, row.raw].map(escapeCell).join("\t");
    if (!this.stream.write(`${line}\n`)) {
      await new Promise<void>((resolve, reject) => {
        this.stream?.once("drain", resolve).once("error", reject);
      });
    }
  }

  async close(): Promise<void> {
    if (!this.stream) return;
    this.stream.end();
    await finished(this.stream);
  }

  private async open(): Promise<WriteStream> {
    await mkdir(dirname(this.path), { recursive: true });
    const stream = createWriteStream(this.path);
    await new Promise<void>((resolve, reject) => {
      stream.once("open", () => resolve()).once("error", reject);
    });
    stream.on("error", () => undefined); // thrown by close()
    stream.write("file\tline\treason\traw\n");
    return stream;
  }
}

function escapeCell(cell: string): string {
  return cell.replace(/[\\\t\n\r]/g, (found) =>
    found === "\\" ? "\\\\" : found === "\t" ? "\\t" : found === "\n" ? "\\n" : "\\r",
  );
}
