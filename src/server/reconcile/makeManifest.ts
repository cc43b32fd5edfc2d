import type { Reconciler, ReconcileType } from "../../reader/reconcile/types.ts";
import { SETTINGS } from "./readExtension.ts";
import { BATCH_SIZE } from "./readQueries.ts";
import { PREVIEW } from "./renderEntity.ts";
import { tellType } from "./tellMatches.ts";

const MOST_TYPES = 10;

/**
 * Makes the service manifest for a client that reached the service at `url`. Without `types` whoever asks may not read
 * the graph; `isOpen` tells whether reading needs no key.
 * @see https://reconciliation-api.github.io/specs/0.2/#service-manifest
 */
export function makeManifest(
  url: string,
  { identifierSpace, schemaSpace }: Pick<Reconciler, "identifierSpace" | "schemaSpace">,
  { types, isOpen }: { readonly types: readonly ReconcileType[] | null; readonly isOpen: boolean },
): object {
  const suggest = (what: string) => ({ service_url: url, service_path: `/suggest/${what}` });
  return {
    versions: ["0.2"],
    name: `Whygraph at ${new URL(url).host}`,
    ...{ identifierSpace, schemaSpace },
    view: { url: `${url}/view?id={{id}}` },
    ...(types ? { defaultTypes: types.slice(0, MOST_TYPES).map(({ id }) => tellType(id)) } : {}),
    suggest: { entity: suggest("entity"), type: suggest("type"), property: suggest("property") },
    preview: { url: `${url}/preview?id={{id}}`, ...PREVIEW },
    extend: {
      propose_properties: { service_url: url, service_path: "/properties" },
      property_settings: SETTINGS,
    },
    batchSize: BATCH_SIZE,
    ...(isOpen ? {} : { authentication: AUTHENTICATION }),
  };
}

/** As Swagger 2 writes it. */
const AUTHENTICATION = {
  ...{ type: "apiKey", name: "Authorization", in: "header" },
  description: "Bearer and an API key",
};
