import { ApolloServer } from "@apollo/server";
import { buildSchema } from "graphql";
import { expect, it } from "vitest";
import { joinParts, type Part, pluginOf } from "../../src/server/joinParts.ts";

it("calls every part at every step, in order, and answers with what the first to refuse has said", async () => {
  const called: string[] = [];
  const part =
    (name: string): Part<object> =>
    () => ({
      didResolveSource: () => void called.push(`${name}: source`),
      didResolveOperation() {
        called.push(`${name}: operation`);
        if (name !== "one") throw new Error(`${name} refuses`);
      },
      willSendResponse: () => void called.push(`${name}: response`),
    });
  const nothing: Part<object> = () => null;
  const apollo = new ApolloServer({
    schema: buildSchema("type Query { a: Int }"),
    plugins: [pluginOf(joinParts([part("one"), nothing, part("two"), part("three")]))],
  });
  const { body } = await apollo.executeOperation({ query: "{ a }" });
  await apollo.stop();
  expect(body).toMatchObject({ singleResult: { errors: [{ message: "two refuses" }] } });
  const steps = ["source", "operation", "response"];
  expect(called).toEqual(steps.flatMap((step) => ["one", "two", "three"].map((name) => `${name}: ${step}`)));
});
