import { BadRow } from "./badRow.ts";

const SECONDS = /^([+-]?)(\d+)(?:\.(\d*))?$/;
const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
const YEAR_1 = -62_135_596_800_000_000n;
const YEAR_10000 = 253_402_300_800_000_000n;
const MICROS = 1_000_000n;
const DAY = 86_400;
const PLAIN_SECONDS = /^\d{1,11}$/; // 1970 to the year 5138

/**
 * Reads a time, written as epoch seconds or in ISO 8601 (UTC where it names no zone), as microseconds since 1970.
 * @throws {BadRow} where it is neither, or outside the years 1 to 9999
 */
export function readTime(column: string, text: string): bigint {
  const micros = readSeconds(text) ?? readISO(text);
  if (micros === null) {
    throw new BadRow(`${column} is ${JSON.stringify(text)}; expected epoch seconds or ISO 8601`);
  }
  if (micros < YEAR_1 || micros >= YEAR_10000) {
    throw new BadRow(`${column} is ${text}; expected seconds within the years 1 to 9999 (not milliseconds)`);
  }
  return micros;
}

/** Writes microseconds since 1970 as a timestamptz literal. */
export function writeTime(micros: bigint): string {
  const fraction = ((micros % MICROS) + MICROS) % MICROS;
  const second = new Date(Number((micros - fraction) / 1000n)).toISOString().slice(0, 19);
  return fraction === 0n ? `${second}Z` : `${second}.${String(fraction).padStart(6, "0")}Z`;
}

/**
 * Asserts that `readTime` reads a time; epoch seconds, of which logs are full, at a fraction of its cost.
 * @throws {BadRow}
 */
export function assertTime(column: string, text: string): void {
  if (!PLAIN_SECONDS.test(text)) readTime(column, text);
}

/** Rewrites a time that `assertTime` has let pass as a timestamptz literal. */
export function rewriteTime(text: string): string {
  if (!PLAIN_SECONDS.test(text)) return writeTime(readTime("time", text));
  const seconds = Number(text);
  const second = seconds % DAY;
  const clock = `${twoDigits(Math.floor(second / 3600))}:${twoDigits(Math.floor(second / 60) % 60)}:${twoDigits(second % 60)}`;
  return `${dayOf((seconds - second) / DAY)}T${clock}Z`;
}

const MAX_DAYS = 40_000; // of more than a century
const days = new Map<number, string>();

function dayOf(day: number): string {
  let text = days.get(day);
  if (text === undefined) {
    if (days.size >= MAX_DAYS) days.clear();
    text = new Date(day * DAY * 1000).toISOString().slice(0, 10);
    days.set(day, text);
  }
  return text;
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

function readSeconds(text: string): bigint | null {
  const found = SECONDS.exec(text);
  if (!found) return null;
  const [, sign, whole, fraction = ""] = found;
  const micros = BigInt(whole) * MICROS + BigInt(fraction.slice(0, 6).padEnd(6, "0"));
  return sign === "-" ? -micros : micros;
}

function readISO(text: string): bigint | null {
  const found = ISO.exec(text);
  if (!found) return null;
  const [, day, minutes = "00:00", seconds = "00", fraction = "", zone = "Z"] = found;
  const offset = zone
    .replace(/^([+-]\d\d):?(\d\d)?$/, (_, hours, rest = "00") => `${hours}:${rest}`)
    .toUpperCase();
  const milliseconds = Date.parse(`${day}T${minutes}:${seconds}${offset}`);
  // Date.parse turns 30 February into 1 March: the day must come back as it was written.
  const written = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(milliseconds) || new Date(written).toISOString().slice(0, 10) !== day) return null;
  return BigInt(milliseconds) * 1000n + BigInt(fraction.padEnd(6, "0"));
}
