import type { Config } from "../config.ts";
import { DomainError } from "../errors.ts";
import { openBackend } from "../ranker/backend.ts";
import type { Encoder } from "../ranker/text/Encoder.ts";
import { openEndpoint } from "../ranker/text/endpoint/openEndpoint.ts";
import { openTransformers } from "../ranker/text/transformers/openTransformers.ts";
import { openUseLite } from "../ranker/text/useLite/openUseLite.ts";

/** Encoders that `encode` can take; the first one needs no setting. */
export const ENCODERS = ["use-lite", "transformers", "openai"] as const;
export type EncoderName = (typeof ENCODERS)[number];

/**
 * Opens an encoder as the settings say.
 * @throws {DomainError} CONFIGURATION where a setting, a package or a model that it needs is missing
 */
export async function openEncoder(
  name: EncoderName,
  { backend, embeddings, modelFolder }: Pick<Config, "backend" | "embeddings" | "modelFolder">,
): Promise<Encoder> {
  if (name === "use-lite") return openUseLite((await openBackend(backend)).tf);
  if (name === "transformers") {
    return openTransformers(required(name, "WHYGRAPH_MODEL_FOLDER", modelFolder));
  }
  return openEndpoint({
    url: required(name, "WHYGRAPH_EMBEDDINGS_URL", embeddings.url),
    model: required(name, "WHYGRAPH_EMBEDDINGS_MODEL", embeddings.model),
    key: embeddings.key,
    requestsPerMinute: embeddings.perMinute,
  });
}

function required(encoder: EncoderName, setting: string, value: string | null): string {
  if (value !== null) return value;
  throw new DomainError(
    "CONFIGURATION",
    `${setting} is not set, which the encoder ${encoder} needs; .env.example says what it is`,
  );
}
