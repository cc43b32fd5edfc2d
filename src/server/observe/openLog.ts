import { type Logger, pino } from "pino";

export type Log = Logger;

export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;

/** What is logged, and how. */
export interface LogOptions {
  /** The least that is told. */
  readonly level: (typeof LOG_LEVELS)[number];
  /** json: a line of JSON for each entry. text: for people. */
  readonly format: "json" | "text";
}

/** Where lines go. */
export interface LogStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Keys and passwords never reach the log, wherever an entry may hold them. */
const SECRETS = ["authorization", "cookie", "key", "token", "password"];
const READABLE = { translateTime: "SYS:HH:MM:ss.l", singleLine: true } as const;

/** Opens the log of the process, on the standard error output where no other stream is given. */
export async function openLog({ level, format }: LogOptions, stream?: LogStream): Promise<Log> {
  const options = {
    level,
    base: undefined,
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: "…" },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  if (format === "json") return pino(options, stream ?? pino.destination({ dest: 2, sync: true }));
  const { prettyFactory } = await import("pino-pretty"); // production does without
  const target: LogStream = stream ?? process.stderr;
  const tell = prettyFactory({ ...READABLE, colorize: target.isTTY === true });
  return pino(options, { write: (line) => target.write(tell(line)) });
}
