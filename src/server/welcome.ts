/** A query that works on the graph as it is: for a user who exists, or the popular items where nobody does. */
export function makeExampleQuery(user: string | null): string {
  const nodes = "{ edges { node { rank item { name } score explanation { sentence } } } }";
  const field =
    user === null ? "popularItems(first: 3)" : `recommendations(user: ${JSON.stringify(user)}, first: 3)`;
  return `{ ${field} ${nodes} }`;
}

/** The query as a command for the shell. */
export function makeCurl(url: string, query: string): string {
  const body = JSON.stringify({ query }).replaceAll("'", "'\\''");
  return `curl -s ${url}/graphql -H 'content-type: application/json' -d '${body}'`;
}

/** The text of `GET /`. */
export function makeWelcome(url: string, query: string): string {
  return `Whygraph: recommendations whose scores are exactly the sum of their evidence.

GraphQL     ${url}/graphql   (POST, or GET with ?query=)
OpenRefine  ${url}/reconcile
Health      ${url}/health/live  ${url}/health/ready

Try this query:

  ${query}

  ${makeCurl(url, query)}

Changes to the graph need the header authorization: Bearer <key>; whygraph keys create makes one.
`;
}
