import { assertAllowed } from "../../../src/access/assertAllowed.ts";
import { makeAuthenticate } from "../../../src/auth.ts";
import type { Database } from "../../../src/kg/database.ts";
import { openLiveSnapshot } from "../../../src/kg/snapshot/openLiveSnapshot.ts";
import { openGazetteer } from "../../../src/reader/openGazetteer.ts";
import { openReconciler } from "../../../src/reader/reconcile/openReconciler.ts";
import { openServer } from "../../../src/server/openServer.ts";
import { openReconcile } from "../../../src/server/reconcile/openReconcile.ts";

/** The service on a real server over a graph, with its address. */
export async function openService(db: Database, { openReading }: { readonly openReading: boolean }) {
  const snapshot = await openLiveSnapshot(db);
  const server = await openServer("127.0.0.1", 0);
  const authenticate = makeAuthenticate(db, { openReading });
  server.state.reconcile = openReconcile({
    reconciler: openReconciler({ db, snapshot, readNames: openGazetteer(db, snapshot) }),
    authorize: async (authorization) =>
      assertAllowed(await authenticate(authorization), ["graph:read"], "reconciling"),
  });
  const url = `${server.url}/reconcile`;
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers });
  return {
    ...{ url, server, snapshot, get },
    async close() {
      await server.close();
      await snapshot.close();
    },
    /** Sends a form as OpenRefine does. */
    post: (form: Readonly<Record<string, unknown>>, headers: Record<string, string> = {}) => {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(form)) body.set(name, JSON.stringify(value));
      return fetch(url, { method: "POST", body, headers });
    },
    /** The JSON at a path, which must be there. */
    async read<T>(path: string): Promise<T> {
      const response = await get(path);
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
  };
}
