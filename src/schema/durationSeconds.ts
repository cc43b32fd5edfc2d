import { DomainError } from "../errors.ts";

const PARTS =
  /^P(?:([\d.,]+)Y)?(?:([\d.,]+)M)?(?:([\d.,]+)W)?(?:([\d.,]+)D)?(?:T(?:([\d.,]+)H)?(?:([\d.,]+)M)?(?:([\d.,]+)S)?)?$/;
const DAY = 86_400;
const SECONDS = [365 * DAY, 30 * DAY, 7 * DAY, DAY, 3_600, 60, 1] as const;
const LONGEST = 1_000 * 365 * DAY;

/**
 * Counts the seconds of an ISO 8601 duration; a month is 30 days, a year 365. `name` is what the error calls it.
 * @throws {DomainError} BAD_USER_INPUT where it is not positive or over 1,000 years: a window looks back from now
 */
export function durationSeconds(duration: string, name = "window"): number {
  const parts = PARTS.exec(duration)?.slice(1) ?? [];
  const seconds = parts.reduce(
    (sum, part, position) => sum + (part ? Number(part.replace(",", ".")) * SECONDS[position] : 0),
    0,
  );
  if (seconds > 0 && seconds <= LONGEST) return seconds;
  throw new DomainError(
    "BAD_USER_INPUT",
    `${name} is "${duration}"; expected a duration such as "P30D", more than nothing and up to P1000Y`,
  );
}
