import { DomainError } from "../errors.ts";

/** Reads a whole number ≥ 0 from the command line. @throws {DomainError} BAD_USER_INPUT naming the option */
export function readCount(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new DomainError("BAD_USER_INPUT", `${option} is "${text}"; expected a whole number from 0`);
  }
  return Number(text);
}
