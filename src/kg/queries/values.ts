const LARGEST_BIGINT = 9_223_372_036_854_775_807n;
const LARGEST_INTEGER = 2_147_483_647;

/** Tells whether `value` is a bigint as Postgres prints it: what an id from outside must pass before it is sent. */
export function isBigint(value: string): boolean {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(value)) return false;
  const number = BigInt(value);
  return number <= LARGEST_BIGINT && number >= -LARGEST_BIGINT;
}

/** Tells whether Postgres takes `value` as an integer. */
export function isInteger(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= LARGEST_INTEGER;
}

/** Tells whether Postgres can store `value`: it has no NUL character and no half of a surrogate pair. */
export function isText(value: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(value);
}

/** Text that is only compared: what Postgres cannot store becomes U+FFFD, so that it equals nothing stored. */
export function comparable(value: string): string {
  return isText(value) ? value : value.replace(/[\0\p{Surrogate}]/gu, "\uFFFD");
}
