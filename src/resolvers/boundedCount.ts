import { DomainError } from "../errors.ts";

/**
 * Gives the count that an argument asks for, or `fallback` where it is left out or null.
 * @throws {DomainError} BAD_USER_INPUT outside 0..`most`
 */
export function boundedCount(
  count: number | null | undefined,
  {
    name = "first",
    fallback,
    most,
    least = 0,
  }: {
    readonly name?: string;
    readonly fallback: number;
    readonly most: number;
    readonly least?: number;
  },
): number {
  const asked = count ?? fallback;
  if (asked >= least && asked <= most) return asked;
  throw new DomainError("BAD_USER_INPUT", `${name} is ${asked}; expected ${least} to ${most}`);
}
