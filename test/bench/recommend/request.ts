export const ITEMS = 10;
export const PATHS = 3;

/** 10 items, each with its sentence and 3 evidence paths told in words and step by step, with names. */
export const QUERY = `query ($user: String!) {
  recommendations(user: $user, first: ${ITEMS}) { edges { node {
    rank score item { key name } explanation { sentence evidence(first: ${PATHS}) {
      contribution sentence path { steps { kind direction from { name } relation { label } to { name } } } } } } } } }`;

/** The request for one user, as sent over HTTP. */
export function bodyFor(user: string): string {
  return JSON.stringify({ query: QUERY, variables: { user } });
}
