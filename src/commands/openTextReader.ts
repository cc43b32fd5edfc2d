import { readConfig } from "../config.ts";
import type { Context } from "../context.ts";
import type { Database } from "../kg/database.ts";
import { loadSnapshot } from "../kg/snapshot/loadSnapshot.ts";
import { openLinks } from "../links/openLinks.ts";
import { chatOptionsOf } from "../reader/chatOptionsOf.ts";
import { openChat } from "../reader/openChat.ts";
import { openGazetteer } from "../reader/openGazetteer.ts";
import { openTexts } from "../reader/openTexts.ts";

/** Opens the reading of texts on the graph as it is now, with the model that the settings name. */
export async function openTextReader(db: Database): Promise<Context["texts"]> {
  const snapshot = { graph: await loadSnapshot(db) };
  const model = chatOptionsOf(readConfig());
  return openTexts({
    ...{ snapshot, readNames: openGazetteer(db, snapshot), links: openLinks(db, snapshot) },
    chat: model && openChat(model),
  });
}
