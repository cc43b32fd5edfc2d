import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const WORTH_BYTES = 1_400; // what fits into one packet gains nothing
const MOST_RUNNING = 32; // zlib has four threads: what waits longer is sent as it is
const packers = {
  br: (text: Buffer) =>
    promisify(brotliCompress)(text, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 4,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
      },
    }),
  gzip: (text: Buffer) => promisify(gzip)(text, { level: 5 }),
} as const;
type Encoding = keyof typeof packers;

interface Packed {
  readonly encoding: Encoding;
  readonly body: Buffer;
}

let running = 0;

/** Packs an answer as the client accepts it; null where it is sent as it is: short, not wanted, or too many at once. */
export function compress(text: string, accepted: string | undefined): Promise<Packed> | null {
  if (accepted === undefined || text.length < WORTH_BYTES || running >= MOST_RUNNING) return null;
  const encoding = chooseEncoding(accepted);
  return encoding && pack(text, encoding);
}

async function pack(text: string, encoding: Encoding): Promise<Packed> {
  running++;
  try {
    return { encoding, body: await packers[encoding](Buffer.from(text)) };
  } finally {
    running--;
  }
}

/** The better of what an `accept-encoding` header takes; the client's own order between the two is not asked. */
export function chooseEncoding(accepted: string): Encoding | null {
  const weights = new Map<string, number>();
  for (const part of accepted.toLowerCase().split(",")) {
    const [name, ...parameters] = part.split(";").map((piece) => piece.trim());
    const weight = parameters.find((parameter) => parameter.startsWith("q="));
    weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0);
  }
  const takes = (name: string) => (weights.get(name) ?? weights.get("*") ?? 0) > 0;
  return (["br", "gzip"] as const).find(takes) ?? null;
}
