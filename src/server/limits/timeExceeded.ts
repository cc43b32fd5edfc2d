import { HeaderMap, type HTTPGraphQLResponse } from "@apollo/server";
import type { Limits } from "../../limits.ts";

/** Makes the answer to a query whose time is up: 422 and the code TIME_EXCEEDED. */
export function timeExceeded({ milliseconds }: Limits): HTTPGraphQLResponse {
  const message = `the query took longer than ${milliseconds} ms and was ended; ask for smaller pages or for less at once`;
  const extensions = { code: "TIME_EXCEEDED", limit: "milliseconds", most: milliseconds };
  return {
    status: 422,
    headers: new HeaderMap([["content-type", "application/json; charset=utf-8"]]),
    body: { kind: "complete", string: JSON.stringify({ errors: [{ message, extensions }] }) },
  };
}
