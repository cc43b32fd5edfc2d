import { beforeAll, expect, it } from "vitest";
import { type Gateway, openGateway } from "./openGateway.ts";

const WAYS = ["joined", "memory"] as const;
const gateways = new Map<string, Gateway>();
beforeAll(async () => {
  for (const reads of WAYS) gateways.set(reads, await openGateway(undefined, reads));
});

const RECOMMEND = `query ($moment: String) { recommendations(user: "ann", first: 5, moment: $moment) { moment graphRevision
  nodes { rank score item { name } explanation { sentence evidence(first: 50) { contribution sentence
    path { steps { from { name } to { name } relation { label } triple { confidence tail { name } } } } } } } } }`;

it.each(WAYS)("an answer is made again from its moment, and names all as it was: reads %s", async (reads) => {
  const gateway = gateways.get(reads)!;
  const { data } = await gateway.ask(RECOMMEND);
  const { recommendations } = data;
  expect(JSON.stringify(recommendations)).toContain("Ridley Scott");
  const edit = (mutation: string) =>
    gateway.ask(`mutation { ${mutation} { graphRevision problems { message } } }`, {}, "CURATOR");
  await edit(`updateEntity(input: { by: { key: "movie:gladiator" }, name: "Gladiator (2000)" })`);
  const deleted = await edit(`deleteEntity(input: { by: { key: "person:ridley-scott" }, cascade: true })`);
  expect(deleted.data.deleteEntity.problems).toEqual([]);
  const now = await gateway.ask(RECOMMEND);
  expect(JSON.stringify(now.data)).not.toContain("Ridley Scott");
  const again = await gateway.ask(RECOMMEND, { moment: recommendations.moment });
  expect(again.errors).toEqual([]);
  expect(again.data.recommendations).toEqual(recommendations);
});

it("what is no moment is refused", async () => {
  const { errors } = await gateways.get("joined")!.ask(RECOMMEND, { moment: "bm8" });
  expect(errors).toMatchObject([
    { code: "BAD_USER_INPUT", message: 'moment is "bm8"; expected the moment of an earlier answer' },
  ]);
});
