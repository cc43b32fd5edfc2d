import type { Readable } from "node:stream";

/** Reads a stream of JSON values, one per line, in batches as they arrive. */
export async function* readJSONLines<T>(stream: Readable): AsyncGenerator<readonly T[]> {
  let rest = "";
  stream.setEncoding("utf8");
  for await (const chunk of stream) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    if (lines.length > 0) yield lines.map((line) => JSON.parse(line) as T);
  }
  if (rest !== "") yield [JSON.parse(rest) as T];
}
