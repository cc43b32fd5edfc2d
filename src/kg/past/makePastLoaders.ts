import DataLoader from "dataloader";
import type { AsOfRevision, Entity, EntityId, Past, Relation, RelationId, Revision } from "../types.ts";

/** Loaders of one request and one revision. */
export interface PastLoaders {
  readonly entities: DataLoader<EntityId, (Entity & AsOfRevision) | null>;
  readonly relations: DataLoader<RelationId, (Relation & AsOfRevision) | null>;
}

/** Makes the loaders of a request that read as of a revision: one statement per kind, level and revision. */
export function makePastLoaders(past: Past): (revision: Revision) => PastLoaders {
  const made = new Map<Revision, PastLoaders>();
  return (revision) => {
    const loaders: PastLoaders = made.get(revision) ?? {
      entities: new DataLoader(async (ids) => {
        const found = await past.loadEntities(ids, revision);
        return ids.map((id) => found.get(id) ?? null);
      }),
      relations: new DataLoader(async (ids) => {
        const found = await past.loadRelations(ids, revision);
        return ids.map((id) => found.get(id) ?? null);
      }),
    };
    made.set(revision, loaders);
    return loaders;
  };
}
