// biome-ignore lint/suspicious/noExplicitAny: a benchmark reads the answer as the JSON that it is
export type Json = any;

/**
 * Asks a GraphQL address once, with an API key where one is given.
 * @throws {Error} where the answer holds errors
 */
export async function askGraphql(url: string, body: string, key?: string): Promise<Json> {
  const headers = {
    ...{ "content-type": "application/json", accept: "application/json" },
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
  const response = await fetch(url, { method: "POST", headers, body });
  const answer: Json = await response.json();
  if (!response.ok || answer.errors) {
    throw new Error(`HTTP ${response.status} to ${body}:\n${JSON.stringify(answer).slice(0, 2_000)}`);
  }
  return answer.data;
}
