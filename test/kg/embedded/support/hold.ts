/** Opens the embedded database as `hold.ts <folder> <role>` says, and closes it on SIGTERM. */
import { openEmbedded } from "../../../../src/kg/embedded.ts";

const [folder, role] = process.argv.slice(2);
const server = await openEmbedded(folder, {
  role: role as "server" | "command",
  onNotice: (reason) => console.log(reason),
});
const alive = setInterval(() => undefined, 60_000);
process.on("SIGTERM", async () => {
  await server.close();
  clearInterval(alive);
  console.log("closed");
});
// Only now: whoever reads this may send the signal at once.
console.log(`${server.started ? "started" : "joined"} ${server.url}`);
