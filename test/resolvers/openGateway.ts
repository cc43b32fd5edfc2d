import { ApolloServer, type GraphQLResponse } from "@apollo/server";
import type { GraphQLFormattedError } from "graphql";
import { expect } from "vitest";
import { ANONYMOUS, makeViewer } from "../../src/access/makeViewer.ts";
import { createApp } from "../../src/app.ts";
import type { Context, Role, Viewer } from "../../src/context.ts";
import { formatError } from "../../src/formatError.ts";
import type { Database } from "../../src/kg/database.ts";
import { compiledExecution } from "../../src/server/compiled/compiledExecution.ts";
import { createCompiler } from "../../src/server/compiled/createCompiler.ts";
import { createTestDatabase } from "../support/database.ts";
import { type Films, insertFilms } from "../support/films.ts";
import { undoAfterFile } from "../support/undo.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the JSON that it is
type Json = any;

export interface Answer {
  readonly data: Json;
  readonly errors: readonly { readonly message: string; readonly code: unknown; readonly path?: unknown }[];
  /** HTTP status that an error asks for; undefined means 200. */
  readonly status: number | undefined;
}

export interface Gateway {
  readonly db: Database;
  readonly films: Films;
  /** Runs a query as anybody, or as the holder of a key with this role; compiled it gives the same, to the byte. */
  ask(query: string, variables?: Record<string, unknown>, role?: Role): Promise<Answer>;
  /** The same, and how many SQL statements it took. */
  count(
    query: string,
    variables?: Record<string, unknown>,
    role?: Role,
  ): Promise<{ answer: Answer; statements: number }>;
  /** Waits until recommendations see this revision. */
  waitFor(revision: string): Promise<void>;
}

/** Opens the whole gateway, without HTTP, on a database of its own: the film graph and what `prepare` adds. */
export async function openGateway(
  prepare?: (db: Database) => Promise<void>,
  reads: "joined" | "memory" = "joined",
): Promise<Gateway> {
  const db = await createTestDatabase();
  const films = await insertFilms(db);
  await prepare?.(db);
  const app = await createApp(db, "auto", { memory: { reads } });
  await app.fitIfNone(() => undefined);
  const options = {
    schema: app.schema,
    formatError: (formatted: GraphQLFormattedError, error: unknown) => formatError(formatted, error),
    includeStacktraceInErrorResponses: false,
  };
  const server = new ApolloServer<Context>(options);
  const compiling = new ApolloServer<Context>({
    ...options,
    plugins: [compiledExecution<Context>(app.schema, createCompiler(app.schema, { usesBefore: 0 }))],
  });
  await Promise.all([server.start(), compiling.start()]);
  undoAfterFile(async () => {
    await Promise.all([server.stop(), compiling.stop()]);
    await app.close();
  });
  const run: Gateway["ask"] = async (query, variables, role) => {
    const contextValue = app.createContext(viewerOf(role));
    return readAnswer(await server.executeOperation({ query, variables }, { contextValue }));
  };
  const ask: Gateway["ask"] = async (query, variables, role) => {
    const answer = await run(query, variables, role);
    if (TELLS_OF_NOW.test(query)) return answer;
    const contextValue = app.createContext(viewerOf(role));
    const compiled = readAnswer(await compiling.executeOperation({ query, variables }, { contextValue }));
    expect(withoutErrorIds(compiled)).toBe(withoutErrorIds(answer));
    return answer;
  };
  return {
    ...{ db, films, ask },
    count: async (query, variables, role) => {
      const before = db.statements;
      const answer = await run(query, variables, role);
      return { answer, statements: db.statements - before };
    },
    waitFor: (revision) => app.snapshot.waitFor(revision, 5_000),
  };
}

/** What writes, and what differs from one moment to the next: it is not asked for twice. */
const TELLS_OF_NOW = /^\s*(mutation|subscription)|\b(moment|job|proposals)\b/;

function readAnswer({ body, http }: GraphQLResponse): Answer {
  if (body.kind !== "single") throw new Error("expected one result");
  const { data = null, errors = [] } = JSON.parse(JSON.stringify(body.singleResult));
  const shown = errors.map(({ message, extensions, path }: Json) => ({
    message,
    path,
    code: extensions?.code,
  }));
  return { data, errors: shown, status: http.status };
}

/** Cursors of recommendations say what Postgres saw, which other tests move on; each answer has an id of its own. */
function withoutErrorIds(answer: Answer): string {
  return JSON.stringify(answer)
    .replace(/internal error [0-9a-f-]+/g, "")
    .replace(/"(WyJwYWdlI|r1\.)[\w-]+"/g, '""');
}

function viewerOf(role: Role | undefined): Viewer {
  return role ? makeViewer(`test ${role.toLowerCase()}`, role) : ANONYMOUS;
}
