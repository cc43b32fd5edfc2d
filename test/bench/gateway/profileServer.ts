import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { profileClock, type Shares, summarizeProfile } from "../support/profile.ts";
import { sendLoad } from "../support/sendLoad.ts";
import { startGateway } from "../support/startGateway.ts";
import type { Row } from "./rows.ts";

/** Profiles the main thread of a gateway of its own under load: where it was busy, by module, largest first. */
export async function profileServer(
  databaseUrl: string,
  { env }: Row,
  {
    bodies,
    connections,
    seconds,
  }: { readonly bodies: readonly string[]; readonly connections: number; readonly seconds: number },
): Promise<Shares> {
  const scratch = await mkdtemp(join(tmpdir(), "whygraph-profile-"));
  try {
    const server = await startGateway(databaseUrl, {
      nodeFlags: ["--cpu-prof", `--cpu-prof-dir=${scratch}`],
      env,
    });
    let window: [number, number] = [0, 0];
    try {
      await sendLoad(server.url, bodies, { connections, seconds: seconds / 2 });
      const from = profileClock();
      await sendLoad(server.url, bodies, { connections, seconds });
      window = [from, profileClock()];
    } finally {
      await server.stop();
    }
    return summarizeProfile(scratch, server.pid, window);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
