import { nameLikeness } from "../../text/nameLikeness.ts";

type Literal = string | number | boolean;

const LEAST = 0.7;
const NEXT_NUMBER = 0.5; // years, above all, are often one off
const DATE = /^\d{4}(?:-\d\d(?:-\d\d(?:T.*)?)?)?$/;
const MIDNIGHT = /T00:00(?::00(?:\.0+)?)?Z?$/;

/**
 * Tells how much two literals are alike, 0…1: numbers by being equal, whole ones that differ by one by half; dates by
 * one being the start of the other ("1979" of "1979-05-25"); anything else as names are.
 */
export function compareLiterals(asked: Literal, literal: Literal): number {
  const [a, b] = [String(asked).trim(), String(literal).trim()];
  if (a === b) return 1;
  const [x, y] = [readNumber(a), readNumber(b)];
  if (x !== null && y !== null) {
    if (x === y) return 1;
    return Number.isInteger(x) && Number.isInteger(y) && Math.abs(x - y) === 1 ? NEXT_NUMBER : 0;
  }
  if (DATE.test(a) && DATE.test(b)) {
    const [day, other] = [a, b].map((date) => date.replace(MIDNIGHT, ""));
    return day.startsWith(other) || other.startsWith(day) ? 1 : 0;
  }
  return ifAlike(nameLikeness(a, b));
}

/** A likeness, or 0 where it is so small that the two are different things. */
export function ifAlike(likeness: number): number {
  return likeness < LEAST ? 0 : likeness;
}

function readNumber(text: string): number | null {
  return /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}
