import type { Database } from "../../../src/kg/database.ts";
import { askGraphql } from "../support/askGraphql.ts";
import { percentile } from "../support/percentile.ts";
import { sendLoad } from "../support/sendLoad.ts";

/** From a commit until no answer is older, in ms. */
export interface Staleness {
  readonly edits: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

const NAME = `query ($key: String!) { entity(by: { key: $key }) { name } }`;

/**
 * Edits names of entities past the gateway and asks it for each, over and over, until it gives the new one; while
 * `bodies` keep it busy. The time counts from the moment that the commit has returned.
 */
export async function measureStaleness(
  database: Database,
  url: string,
  {
    bodies,
    edits,
    connections,
  }: { readonly bodies: readonly string[]; readonly edits: number; readonly connections: number },
): Promise<Staleness> {
  const times: number[] = [];
  let busy = true;
  const load = (async () => {
    while (busy) await sendLoad(url, bodies, { connections, seconds: 0.2 });
  })();
  try {
    for (let edit = 0; edit < edits; edit++) {
      const [key, name] = [`entity:${1 + ((edit * 37) % 400)}`, `Renamed ${edit}`];
      const body = JSON.stringify({ query: NAME, variables: { key } });
      await database.transaction(async (client) => {
        await client.query("select open_change('test', 'bench')");
        await client.query("update entity set name = $2, revision = revision + 1 where key = $1", [
          key,
          name,
        ]);
      });
      const committed = performance.now();
      let asked = performance.now();
      while ((await askGraphql(url, body)).entity.name !== name) asked = performance.now();
      times.push(Math.max(0, asked - committed)); // when the first answer with it was asked for
    }
  } finally {
    busy = false;
    await load;
  }
  return { edits, p50: percentile(times, 0.5), p99: percentile(times, 0.99), worst: Math.max(...times) };
}
