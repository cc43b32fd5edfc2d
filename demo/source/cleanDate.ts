const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** No film of the source is newer; a later year is one of the century before ("2046" stands for 1946). */
const LAST_YEAR = 2011;
/** Up to here a first or last day of a year means that only the year was known. */
const LAST_BARE_YEAR = 1995;

export interface ReleaseDate {
  readonly year: number;
  /** ISO day; null where the source knew the year only. */
  readonly day: string | null;
}

/**
 * Reads a release date of the source, such as "Jun 22 1979". Three mistakes are undone: years moved to the wrong
 * century; bare years, written as the last day of the year before; and the first second of Unix time, 31 December
 * 1969, which stands for no date at all. Null where there is no date.
 *
 * @throws RangeError where the text is no date
 */
export function cleanDate(text: string | null): ReleaseDate | null {
  if (text === null || text === "Dec 31 1969") return null;
  const [, monthName, day, written] = /^(\w{3}) (\d{2}) (\d{4})$/.exec(text) ?? [];
  const month = MONTHS.indexOf(monthName ?? "") + 1;
  if (month === 0)
    throw new RangeError(`release date ${JSON.stringify(text)}: expected one such as "Jun 22 1979"`);
  const year = Number(written) > LAST_YEAR ? Number(written) - 100 : Number(written);
  if (year <= LAST_BARE_YEAR && month === 12 && day === "31") return { year: year + 1, day: null };
  if (year <= LAST_BARE_YEAR && month === 1 && day === "01") return { year, day: null };
  return { year, day: `${year}-${String(month).padStart(2, "0")}-${day}` };
}
