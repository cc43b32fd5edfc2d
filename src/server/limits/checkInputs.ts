import type { GraphQLError } from "graphql";
import type { Limits } from "../../limits.ts";
import { limitError } from "./limitError.ts";

/** Finds the first list among the variables that is over the limit, at any depth; null where there is none. */
export function checkInputs(variables: unknown, { inputList: most }: Limits): GraphQLError | null {
  const waiting: unknown[] = [variables];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value) && value.length > most) {
      const what = `a list in the variables has ${value.length} entries`;
      return limitError({
        ...{ limit: "inputList", found: value.length, most, what },
        advice: "send it in several requests",
      });
    }
    for (const entry of Object.values(value)) if (typeof entry === "object") waiting.push(entry);
  }
  return null;
}
