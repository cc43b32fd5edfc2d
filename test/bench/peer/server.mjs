// PostGraphile in production settings, on DATABASE_URL; prints its address. `npm run bench gateway` starts it.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const pgl = postgraphile({
  extends: [PostGraphileAmberPreset],
  disablePlugins: ["PgIndexBehaviorsPlugin"], // it hides what only a partial index serves
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ["public", "peer"],
      poolConfig: { max: Number(process.env.POOL_SIZE) },
    }),
  ],
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false, websockets: false },
  grafast: { explain: false },
});
const server = createServer();
await pgl.createServ(grafserv).addTo(server);
await pgl.getSchema();
const { version } = JSON.parse(readFileSync(new URL("node_modules/postgraphile/package.json", import.meta.url), "utf8"));
const name = `PostGraphile ${version} on Node ${process.versions.node}`;
server.listen(0, "127.0.0.1", () => {
  console.log(`${name} serves http://127.0.0.1:${server.address().port}/graphql`);
});
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => process.exit(0));
