import { DomainError } from "../errors.ts";
import type { StoredModel } from "../kg/models/loadModel.ts";
import type { NewModel } from "../kg/models/storeModel.ts";
import { digestOf } from "../ranker/weights.ts";

const MAGIC = "WHYGRAPH-EXPORT-1";
const NEWLINE = 10;

/** Everything of a model but its bytes, its id and its age. */
type Header = Omit<NewModel, "artifact"> & { readonly bytes: number };

/**
 * Packs a stored model into the bytes of a file: a magic line, the SHA-256 of all that follows it, what is
 * known of the model as a JSON line, then its artifact.
 */
export function packModelFile({ record, artifact }: StoredModel): Buffer {
  const { id: _, createdAt: __, ...known } = record;
  const header: Header = { ...known, bytes: artifact.length };
  const body = Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), artifact]);
  return Buffer.concat([Buffer.from(`${MAGIC}\n${digestOf(body)}\n`), body]);
}

/**
 * Reads the bytes of a model file.
 * @throws {DomainError} CONFIGURATION where they are another kind of file, are cut short, or were changed
 */
export function readModelFile(bytes: Buffer): NewModel {
  const [magic, afterMagic] = readLine(bytes, 0);
  if (magic !== MAGIC) {
    throw refuse(`it starts with ${JSON.stringify(magic.slice(0, 40))}, expected ${JSON.stringify(MAGIC)}`);
  }
  const [digest, afterDigest] = readLine(bytes, afterMagic);
  const [text, afterHeader] = readLine(bytes, afterDigest);
  if (afterHeader === bytes.length + 1) throw refuse(`it ends at byte ${bytes.length}, within its header`);
  const { bytes: size, ...header } = parseHeader(text);
  if (bytes.length !== afterHeader + size) {
    throw refuse(`it ends at byte ${bytes.length}, expected ${afterHeader + size}`);
  }
  const found = digestOf(bytes.subarray(afterDigest));
  if (found !== digest) throw refuse(`its content has the digest ${found}, expected ${digest}`);
  return { ...header, artifact: bytes.subarray(afterHeader) };
}

/** A line and where the next one starts; one past the end where the line has no end. */
function readLine(bytes: Buffer, start: number): [string, number] {
  const end = bytes.indexOf(NEWLINE, start);
  return end < 0
    ? [bytes.toString("utf8", start), bytes.length + 1]
    : [bytes.toString("utf8", start, end), end + 1];
}

function parseHeader(text: string): Header {
  try {
    return JSON.parse(text) as Header;
  } catch (error) {
    throw refuse(`its header is no JSON: ${(error as Error).message}`);
  }
}

function refuse(reason: string): DomainError {
  return new DomainError("CONFIGURATION", `not a usable model file: ${reason}`);
}
