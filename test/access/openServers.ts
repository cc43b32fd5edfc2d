import { openTokens } from "../../src/access/token/openTokens.ts";
import { createApp } from "../../src/app.ts";
import { makeAuthenticate } from "../../src/auth.ts";
import { formatError } from "../../src/formatError.ts";
import { createKey } from "../../src/keys.ts";
import type { Database } from "../../src/kg/database.ts";
import { DEFAULT_LIMITS } from "../../src/limits.ts";
import { createGraphql } from "../../src/server/createGraphql.ts";
import { openServer } from "../../src/server/openServer.ts";
import { openSubscriptions } from "../../src/server/subscriptions/openSubscriptions.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { undoAfterFile } from "../support/undo.ts";
import { VIEWERS } from "./needs.ts";
import { AUDIENCE, ISSUER, makeKey, openKeyServer, sign } from "./support.ts";

/** Somebody who sends requests: where to, and with what in `authorization`. */
export interface Sender {
  readonly url: string;
  readonly authorization: string | null;
}

/** What a field needs is tried, not what it costs. */
const WIDE = { ...DEFAULT_LIMITS, cost: 1_000_000, budget: null, anonymousBudget: null };

/** Opens the gateway over HTTP, once with open reading and once without, and gives everybody of `VIEWERS` a key. */
export async function openServers(): Promise<{
  readonly db: Database;
  readonly senders: ReadonlyMap<string, Sender>;
}> {
  const db = await createTestDatabase();
  await insertFilms(db);
  const app = await createApp(db);
  await app.fitIfNone(() => undefined);
  const key = await makeKey("k");
  const issuer = await openKeyServer([key.jwk]);
  const claims = { nameClaim: "sub", roleClaim: "role", scopeClaim: null, userClaim: null };
  const tokens = await openTokens(
    {
      keys: issuer.url,
      issuer: ISSUER,
      audience: [AUDIENCE],
      algorithms: ["ES256"],
      clockTolerance: 5,
      ...claims,
    },
    () => undefined,
  );
  const open = async (openReading: boolean): Promise<string> => {
    const http = await openServer("127.0.0.1", 0);
    const options = {
      ...{ schema: app.schema, createContext: app.createContext, formatError, limits: WIDE },
      authenticate: makeAuthenticate(db, { openReading, tokens, notices: app.snapshot }),
    };
    const graphql = await createGraphql(options);
    const subscriptions = openSubscriptions(options);
    Object.assign(http.state, { graphql, subscriptions, stage: "ready" });
    undoAfterFile(async () => {
      await subscriptions.close();
      await http.close();
      await graphql.close();
    });
    return http.url;
  };
  undoAfterFile(() => app.close());
  const [url, closed] = [await open(true), await open(false)];
  const authorize = async (who: string): Promise<string | null> => {
    if (who.startsWith("nobody")) return null;
    if (who.startsWith("a token")) return `Bearer ${await sign(key, { role: "CURATOR" })}`;
    const role = /VIEWER|CURATOR|ADMIN/.exec(who)?.[0] as "VIEWER" | undefined;
    const scopes = role ? null : (VIEWERS[who] as never);
    return `Bearer ${(await createKey(db, who, { role: role ?? "ADMIN", scopes })).key}`;
  };
  const senders = new Map<string, Sender>();
  for (const who of Object.keys(VIEWERS)) {
    senders.set(who, {
      url: who.includes("needs a key") ? closed : url,
      authorization: await authorize(who),
    });
  }
  return { db, senders };
}
