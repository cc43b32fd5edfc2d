import { ApolloServer } from "@apollo/server";
import { afterAll } from "vitest";
import { createApp } from "../../src/app.ts";
import type { Context, Role, Viewer } from "../../src/context.ts";
import { formatError } from "../../src/formatError.ts";
import type { Database } from "../../src/kg/database.ts";
import { createTestDatabase } from "../support/database.ts";
import { type Films, insertFilms } from "../support/films.ts";

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
  /** Runs a query as anybody, or as the holder of a key with this role. */
  ask(query: string, variables?: Record<string, unknown>, role?: Role): Promise<Answer>;
  /** The same, and how many SQL statements it took. */
  count(query: string, variables?: Record<string, unknown>): Promise<{ answer: Answer; statements: number }>;
  /** Waits until recommendations see this revision. */
  waitFor(revision: string): Promise<void>;
}

/** Opens the whole gateway, without HTTP, on a database of its own: the film graph and what `prepare` adds. */
export async function openGateway(prepare?: (db: Database) => Promise<void>): Promise<Gateway> {
  const db = await createTestDatabase();
  const films = await insertFilms(db);
  await prepare?.(db);
  const app = await createApp(db);
  await app.fitIfNone(() => undefined);
  const server = new ApolloServer<Context>({
    schema: app.schema,
    formatError: (formatted, error) => formatError(formatted, error),
    includeStacktraceInErrorResponses: false,
  });
  afterAll(async () => {
    await server.stop();
    await app.close();
  });
  const ask: Gateway["ask"] = async (query, variables, role) => {
    const contextValue = app.createContext(viewerOf(role));
    const { body, http } = await server.executeOperation({ query, variables }, { contextValue });
    if (body.kind !== "single") throw new Error("expected one result");
    const { data = null, errors = [] } = JSON.parse(JSON.stringify(body.singleResult));
    const shown = errors.map(({ message, extensions, path }: Json) => ({
      message,
      path,
      code: extensions?.code,
    }));
    return { data, errors: shown, status: http.status };
  };
  return {
    ...{ db, films, ask },
    count: async (query, variables) => {
      const before = db.statements;
      const answer = await ask(query, variables);
      return { answer, statements: db.statements - before };
    },
    waitFor: (revision) => app.snapshot.waitFor(revision, 5_000),
  };
}

function viewerOf(role: Role | undefined): Viewer {
  return role
    ? { name: `test ${role.toLowerCase()}`, role, authenticated: true }
    : { name: "anonymous", role: "VIEWER", authenticated: false };
}
