import type { Config } from "../config.ts";
import { DomainError } from "../errors.ts";
import type { ChatOptions } from "./openChat.ts";

/**
 * Gives the language model that the settings name; null where they name none.
 * @throws {DomainError} CONFIGURATION where the address is set without a model
 */
export function chatOptionsOf({ extraction }: Pick<Config, "extraction">): ChatOptions | null {
  const { url, model, key } = extraction;
  if (url === null) return null;
  if (model !== null) return { url, model, key };
  throw new DomainError(
    "CONFIGURATION",
    "WHYGRAPH_EXTRACTION_URL is set and WHYGRAPH_EXTRACTION_MODEL is not; expected both or neither",
  );
}
