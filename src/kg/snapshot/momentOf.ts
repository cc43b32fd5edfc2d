/**
 * Reads a moment as the change log writes it, in milliseconds, rounded down. Postgres writes years beyond 9999 as
 * they are and years before 1 with "BC", which `Date.parse` knows neither of.
 */
export function momentOf(text: string): number {
  const [, year, rest, era] = /^(\d{4,})(-[^ ]+)( BC)?$/.exec(text) ?? [];
  if (year === undefined)
    throw new RangeError(`"${text}" is no moment; expected one as the change log has it`);
  const signed = era ? 1 - Number(year) : Number(year);
  const digits = String(Math.abs(signed)).padStart(6, "0");
  const plain = !era && year.length === 4;
  const fraction = rest.replace(/(\.\d{3})\d+/, "$1"); // milliseconds are what `Date` holds
  return Date.parse(plain ? `${year}${fraction}` : `${signed < 0 ? "-" : "+"}${digits}${fraction}`);
}
