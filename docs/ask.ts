/**
 * Asks the gateway at `$URL` with the key `$KEY`, and gives the data: all that the examples of these pages need.
 * @throws {Error} with the first message where something is wrong
 */
// biome-ignore lint/suspicious/noExplicitAny: an example reads the answer as the JSON that it is
export async function ask(query: string, variables: object = {}, key = process.env.KEY): Promise<any> {
  const response = await fetch(`${process.env.URL}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: { message: string }[] };
  if (errors) throw new Error(errors[0].message);
  return data;
}
