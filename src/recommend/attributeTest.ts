import { DomainError } from "../errors.ts";
import type { AttributeFilter, Scalar } from "./filterTypes.ts";

/**
 * Makes the test of one attribute's value, undefined where there is none. A list meets a condition with any of its
 * values; a number is only compared with numbers, a text with texts.
 * @throws {DomainError} BAD_USER_INPUT where nothing is asked, or the impossible
 */
export function makeAttributeTest(filter: AttributeFilter): (value: unknown) => boolean {
  const { name, equals, exists, from, to } = filter;
  const among = filter.in ?? null;
  const bounds = [from, to].some((bound) => bound != null);
  if (equals == null && among === null && exists == null && !bounds) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `the filter of the attribute "${name}" asks nothing; expected equals, in, from, to or exists`,
    );
  }
  if (from != null && to != null && typeof from !== typeof to) {
    const found = `from ${JSON.stringify(from)} to ${JSON.stringify(to)}`;
    throw new DomainError(
      "BAD_USER_INPUT",
      `the filter of the attribute "${name}" goes ${found}; expected two numbers or two texts`,
    );
  }
  const meets = (value: unknown) =>
    (equals == null || value === equals) &&
    (among === null || among.includes(value as Scalar)) &&
    (from == null || (typeof value === typeof from && (value as Scalar) >= from)) &&
    (to == null || (typeof value === typeof to && (value as Scalar) <= to));
  const asks = equals != null || among !== null || bounds;
  return (value) => {
    const values = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
    if (exists != null && exists !== values.length > 0) return false;
    return !asks || values.some(meets);
  };
}
