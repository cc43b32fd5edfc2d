import { expect } from "vitest";

// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the JSON that it is
export type Json = any;

/** What came back over HTTP. */
export interface Answer {
  readonly status: number;
  readonly data: Json;
  readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** A caller of one server, with the rights of one key or of nobody. */
export interface Client {
  /** Asks and gives whatever comes back. */
  send(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Asks and gives the data; fails where there is an error. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Json>;
}

/** Opens a client that knows of Whygraph only what its HTTP interface shows. */
export function openClient(url: string, key?: string | null): Client {
  const headers = { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) };
  const send: Client["send"] = async (query, variables) => {
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${url}/graphql`, { method: "POST", headers, body });
    const { data = null, errors = [] } = (await response.json()) as Partial<Answer>;
    return { status: response.status, data, errors };
  };
  return {
    send,
    async ask(query, variables) {
      const { data, errors } = await send(query, variables);
      expect(errors, query).toEqual([]);
      return data;
    },
  };
}
