import { HeaderMap } from "@apollo/server";
import { GraphQLError } from "graphql";
import type { Limits } from "../../limits.ts";

/** What is over which limit, and what the client is to change. */
export interface Excess {
  readonly limit: keyof Limits | "nesting";
  readonly found: number | string;
  readonly most: number;
  /** Names the thing that is counted, as in "the document has 60 aliases". */
  readonly what: string;
  readonly advice: string;
}

/** Makes the refusal of what is over a limit: 400, the code LIMIT_EXCEEDED, and what to change. */
export function limitError({ limit, found, most, what, advice }: Excess): GraphQLError {
  return new GraphQLError(`${what}, expected at most ${most}; ${advice}`, {
    extensions: {
      ...{ code: "LIMIT_EXCEEDED", limit, found, most },
      http: { status: 400, headers: new HeaderMap() },
    },
  });
}
