import { serverAudits } from "graphql-http";
import { expect, it } from "vitest";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { startServer } from "../support/server.ts";

it("speaks GraphQL over HTTP as the audits of graphql-http ask, with no error and no warning", async () => {
  const database = await createTestDatabase();
  await insertFilms(database);
  const { url } = await startServer({ DATABASE_URL: database.url });
  const counts = { ok: 0, notice: 0, warn: 0, error: 0 };
  const faults: string[] = [];
  for (const audit of serverAudits({ url: `${url}/graphql` })) {
    const result = await audit.fn();
    counts[result.status]++;
    if (result.status !== "ok") faults.push(`${result.status}: ${audit.name}: ${result.reason}`);
  }
  console.log(`graphql-http: ${JSON.stringify(counts)}`);
  expect(faults.filter((fault) => !fault.startsWith("notice"))).toEqual([]);
  expect(counts.ok).toBeGreaterThan(50);
}, 60_000);
