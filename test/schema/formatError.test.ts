import { ApolloServer } from "@apollo/server";
import { GraphQLError } from "graphql";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { formatError } from "../../src/formatError.ts";

/** Runs `{ fail }` on Apollo, whose errors are what formatError is given, with a resolver that throws `error`. */
async function answerTo(error: unknown, query = "{ fail }") {
  const log: string[] = [];
  const server = new ApolloServer({
    typeDefs: "type Query { fail(count: Int): Int  required: Int! }",
    resolvers: {
      Query: {
        fail: () => {
          throw error;
        },
        required: () => null,
      },
    },
    formatError: (formatted, cause) => formatError(formatted, cause, (line) => log.push(line)),
    includeStacktraceInErrorResponses: true, // so that the test sees it removed
  });
  const { body, http } = await server.executeOperation({ query });
  await server.stop();
  if (body.kind !== "single") throw new Error("expected one result");
  return { errors: body.singleResult.errors ?? [], status: http.status, log };
}

describe("formatError", () => {
  it("shows what Apollo refuses with a status of the caller's fault, though it gives no code", async () => {
    const refusal = new GraphQLError("the hash is another", { extensions: { http: { status: 400 } } });
    const { errors, status, log } = await answerTo(refusal);
    expect(errors).toMatchObject([{ message: "the hash is another", extensions: { code: "BAD_REQUEST" } }]);
    expect([status, log]).toEqual([400, []]);
  });

  it("shows a domain error's text and code, and nothing else", async () => {
    const { errors, log } = await answerTo(new DomainError("NOT_FOUND", 'no entity has the key "x"'));
    expect(errors).toEqual([
      {
        message: 'no entity has the key "x"',
        locations: [{ line: 1, column: 3 }],
        path: ["fail"],
        extensions: { code: "NOT_FOUND" },
      },
    ]);
    expect(log).toEqual([]);
  });

  it("keeps the code and the HTTP status of an error made for the caller", async () => {
    const refusal = new GraphQLError("needs a key", {
      extensions: { code: "UNAUTHENTICATED", http: { status: 401 } },
    });
    const { errors, status } = await answerTo(refusal);
    expect(errors).toMatchObject([{ message: "needs a key", extensions: { code: "UNAUTHENTICATED" } }]);
    expect(errors[0].extensions).not.toHaveProperty("stacktrace");
    expect(status).toBe(401);
  });

  it("keeps what is wrong with a document", async () => {
    const { errors, log } = await answerTo(null, "{ nothing }");
    expect(errors[0].message).toContain('"nothing"');
    expect(errors[0].extensions).toEqual({ code: "GRAPHQL_VALIDATION_FAILED" });
    expect(log).toEqual([]);
  });

  it.each([
    ["an Error", new Error("password=hunter2"), "{ fail }"],
    ["something thrown that is no Error", "password=hunter2", "{ fail }"],
  ])("hides %s behind an id and logs it once under that id", async (_what, bug, query) => {
    const { errors, log } = await answerTo(bug, query);
    const { message, extensions, path } = errors[0];
    expect(JSON.stringify(errors)).not.toContain("hunter2");
    expect(extensions).toEqual({
      code: "INTERNAL_SERVER_ERROR",
      errorId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(message).toContain(String(extensions?.errorId));
    expect(path).toEqual(["fail"]);
    expect(log).toHaveLength(1);
    expect(log[0]).toContain(`bug ${extensions?.errorId} at fail: `);
    expect(log[0]).toContain("hunter2");
  });

  it("takes a null where the schema promises a value for the bug that it is", async () => {
    const { errors, log } = await answerTo(null, "{ required }");
    expect(errors[0].extensions?.code).toBe("INTERNAL_SERVER_ERROR");
    expect(errors[0].message).not.toContain("non-nullable");
    expect(log[0]).toContain("Query.required");
  });
});
