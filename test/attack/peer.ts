import { ApolloServer, type ApolloServerOptionsWithSchema } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { ApolloArmor } from "@escape.tech/graphql-armor";
import { openTokens } from "../../src/access/token/openTokens.ts";
import { createApp } from "../../src/app.ts";
import { makeAuthenticate } from "../../src/auth.ts";
import { readConfig } from "../../src/config.ts";
import type { Context } from "../../src/context.ts";
import { openDatabase } from "../../src/kg/database.ts";

/**
 * A peer as its documentation starts it: Apollo Server 5 on its standalone server, with `armor` as the argument also
 * GraphQL Armor with its defaults. It serves the gateway's own schema, resolvers, data and viewers; what is around them
 * is theirs.
 */
const config = readConfig();
const db = await openDatabase(config.databaseUrl ?? "", { migrate: false });
const app = await createApp(db, config.backend);
const tokens = config.tokens && (await openTokens(config.tokens, () => undefined));
const authenticate = makeAuthenticate(db, { openReading: true, tokens, notices: app.snapshot });

const options: ApolloServerOptionsWithSchema<Context> = { schema: app.schema };
const armored = process.argv[2] === "armor" ? new ApolloArmor().protect() : {};
const server = new ApolloServer<Context>({
  ...options,
  ...armored,
} as ApolloServerOptionsWithSchema<Context>);
const { url } = await startStandaloneServer(server, {
  listen: { port: 0, host: "127.0.0.1" },
  context: async ({ req }) => app.createContext(await authenticate(req.headers.authorization)),
});
console.log(`peer serves ${url.replace(/\/$/, "")}/graphql`);
