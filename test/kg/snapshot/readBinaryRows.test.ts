import { to as copyTo } from "pg-copy-streams";
import { beforeAll, expect, it } from "vitest";
import { readBinaryRows } from "../../../src/kg/snapshot/readBinaryRows.ts";
import { createTestDatabase } from "../../support/database.ts";

const STATEMENT = `copy (values (1, 9007199254740991::bigint, 0.25::real, true, 'Amélie'), (-2, -3, 1, false, ''))
  to stdout (format binary)`;
const ROWS = [
  [1, Number.MAX_SAFE_INTEGER, 0.25, true, "Amélie"],
  [-2, -3, 1, false, ""],
];
let bytes: Buffer;

beforeAll(async () => {
  const database = await createTestDatabase();
  bytes = await database.withClient(async (client) => {
    const chunks: Buffer[] = [];
    for await (const chunk of client.query(copyTo(STATEMENT))) chunks.push(chunk);
    return Buffer.concat(chunks);
  });
});

async function* cut(buffer: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < buffer.length; at += size) yield buffer.subarray(at, at + size);
}

async function readAll(buffer: Buffer, size: number, fields = 5): Promise<unknown[]> {
  const rows: unknown[] = [];
  await readBinaryRows(cut(buffer, size), fields, (row) => {
    rows.push([row.int(0), row.bigint(1), row.real(2), row.bool(3), row.text(4)]);
  });
  return rows;
}

it("reads what Postgres copies, wherever the stream is cut", async () => {
  for (let size = 1; size <= bytes.length; size++) expect(await readAll(bytes, size)).toEqual(ROWS);
});

it("refuses a stream that ends early", async () => {
  for (let end = 0; end < bytes.length - 1; end++) {
    await expect(readAll(bytes.subarray(0, end), 7)).rejects.toThrow(
      /ends with \d+ bytes of an unfinished row/,
    );
  }
});

it("refuses what is no binary COPY, other fields and null", async () => {
  await expect(readAll(Buffer.from("1\t2\n3\t4\n5\t6\n7\t8\n9\t0\n"), 64)).rejects.toThrow(
    /expected a binary COPY/,
  );
  await expect(readAll(bytes, 64, 4)).rejects.toThrow("a row has 5 fields; expected 4");
  const withNull = Buffer.concat([bytes.subarray(0, 19), Buffer.from([0, 5, 255, 255, 255, 255])]);
  await expect(readAll(withNull, 64)).rejects.toThrow("field 0 of a row is null; expected a value");
});
