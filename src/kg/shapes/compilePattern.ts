import { RE2JS } from "re2js";

const MOST_KEPT = 1_000;
const FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
};
const compiled = new Map<string, RE2JS>();

/**
 * Compiles the pattern of a shape. RE2's automaton reads a text once, whatever the pattern: none can keep the server
 * busy, as backtracking ones do. What needs backtracking (references back, looking around) is no pattern of RE2.
 * @throws where it is none, with the reason
 */
export function compilePattern(pattern: string, flags = ""): RE2JS {
  const name = `${flags}/${pattern}`;
  const known = compiled.get(name);
  if (known) return known;
  const bits = [...flags].reduce((sum, flag) => sum | FLAGS[flag], 0);
  const regex = RE2JS.compile(pattern, bits);
  if (compiled.size >= MOST_KEPT) compiled.clear();
  compiled.set(name, regex);
  return regex;
}
