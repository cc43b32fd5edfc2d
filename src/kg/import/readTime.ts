import { BadRow } from "./badRow.ts";

const SECONDS = /^[+-]?\d+(\.\d*)?(e\+?\d+)?$/i;
const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
const YEAR_1 = -62_135_596_800;
const YEAR_10000 = 253_402_300_800;

/**
 * Reads a time, written as epoch seconds or in ISO 8601 (UTC where it names no zone), as epoch seconds.
 * Exact to the microsecond until the year 2255.
 * @throws {BadRow} where it is neither, or outside the years 1 to 9999
 */
export function readTime(column: string, text: string): number {
  const seconds = SECONDS.test(text) ? Number(text) : readISO(text);
  if (Number.isNaN(seconds)) {
    throw new BadRow(`${column} is ${JSON.stringify(text)}; expected epoch seconds or ISO 8601`);
  }
  if (seconds < YEAR_1 || seconds >= YEAR_10000) {
    throw new BadRow(`${column} is ${text}; expected seconds within the years 1 to 9999 (not milliseconds)`);
  }
  return seconds;
}

function readISO(text: string): number {
  const found = ISO.exec(text);
  if (!found) return Number.NaN;
  const [, day, minutes = "00:00", seconds = "00", fraction = "", zone = "Z"] = found;
  const offset =
    zone.length === 3 ? `${zone}:00` : zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const whole = Date.parse(`${day}T${minutes}:${seconds}${offset.toUpperCase()}`) / 1000;
  // Date.parse turns 30 February into 1 March: the day must come back as it was written.
  const written = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(written) || new Date(written).toISOString().slice(0, 10) !== day) return Number.NaN;
  return whole + Number(`0.${fraction || 0}`);
}
