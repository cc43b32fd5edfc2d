import type { Readable } from "node:stream";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";

/** COPY's text format, which our layout shares: \N for null, a backslash before what is special. */
export function copyText(client: pg.ClientBase, query: string): Readable {
  return client.query(copyTo(`copy (${query}) to stdout`));
}

/** One column of JSON, a value per line as it is: what JSON never holds stands for quote and delimiter. */
export function copyJSON(client: pg.ClientBase, query: string): Readable {
  return client.query(
    copyTo(
      `copy (${query}) to stdout with (format csv, quote e'\\x01', escape e'\\x01', delimiter e'\\x02')`,
    ),
  );
}
