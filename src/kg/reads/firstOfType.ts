import { keysetOf } from "../queries/findEntities.ts";
import { makePage, readWindow } from "../queries/page.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import type { Entity, Page } from "../types.ts";
import type { OfTypeArguments } from "./types.ts";

/**
 * Gives the first page of the entities of a type by name, as `findEntitiesOfTypes` does; undefined where the
 * snapshot does not know their order.
 */
export function firstOfType(
  { dictionary }: Snapshot,
  type: string,
  { first }: Pick<OfTypeArguments, "first">,
): Page<Entity> | undefined {
  const window = readWindow({ first }, keysetOf("NAME_ASC"));
  const rows = dictionary?.firstOfType(type, window.size + 1);
  if (!rows) return undefined;
  return makePage(
    rows.map((entity) => ({ entity, position: [entity.name, entity.id] })),
    window,
    ({ entity }) => entity,
  );
}
