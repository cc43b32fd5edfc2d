import { sampleUsers } from "./kg/queries/sampleUsers.ts";
import type { Queryable } from "./kg/types.ts";
import type { Recommender } from "./recommend/types.ts";

const MOST_MS = 200;
const USERS = 30;

/**
 * Recommends to some users, for up to 200 ms, so that the first who ask do not wait until the code that ranks is compiled.
 * What fails here fails for nobody: whoever asks for it is told.
 */
export async function warmUp(db: Queryable, recommender: Pick<Recommender, "recommend">): Promise<void> {
  const started = performance.now();
  const users = await sampleUsers(db, [], { count: USERS, seed: 1 });
  for (const user of users) {
    if (performance.now() - started > MOST_MS) return;
    await recommender.recommend({ user, first: 10 }).catch(() => undefined);
  }
}
