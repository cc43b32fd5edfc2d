import type { AtHand, Context } from "../context.ts";
import type { EntityId } from "../kg/types.ts";
import type { Evidence, PathStep } from "../ranker/types.ts";
import type { Say } from "../sentence/language.ts";
import type { Names, RelationWords } from "../sentence/types.ts";

/** What names are found with. */
export type Naming = Pick<Context, "atHand" | "entities" | "relations">;

/** What a sentence names. */
interface Named {
  readonly evidence: readonly Evidence[];
  readonly items: readonly EntityId[];
}

/**
 * Tells a sentence with the words for all that it names: at once where they are at hand, else as soon as they are loaded,
 * in one statement per kind.
 */
export function withNames(
  named: Named,
  say: Say,
  naming: Naming,
  tell: (names: Names) => string,
): string | Promise<string> {
  const { atHand } = naming;
  if (atHand && isAtHand(named, atHand)) {
    return tell(
      makeNames(say, {
        nameOf: (id) => atHand.entity({ id })?.name,
        wordsOf: (id) => atHand.relation(id),
      }),
    );
  }
  return loadNames(named, say, naming).then(tell);
}

function isAtHand({ evidence, items }: Named, atHand: AtHand): boolean {
  const isKnown = (id: EntityId) => atHand.entity({ id }) !== undefined;
  const isStepKnown = ({ from, to, relationId }: PathStep) =>
    isKnown(from) && isKnown(to) && (relationId === null || atHand.relation(relationId) !== undefined);
  return items.every(isKnown) && evidence.every((piece) => piece.steps.every(isStepKnown));
}

async function loadNames(
  { evidence, items }: Named,
  say: Say,
  { entities, relations }: Naming,
): Promise<Names> {
  const steps = evidence.flatMap((piece) => piece.steps);
  const entityIds = [...new Set([...items, ...steps.flatMap(({ from, to }) => [from, to])])];
  const relationIds = [...new Set(steps.flatMap(({ relationId }) => relationId ?? []))];
  const [foundEntities, foundRelations] = await Promise.all([
    Promise.all(entityIds.map((id) => entities.load(id))),
    Promise.all(relationIds.map((id) => relations.load(id))),
  ]);
  const names = new Map(entityIds.map((id, position) => [id, foundEntities[position]?.name]));
  const words = new Map(relationIds.map((id, position) => [id, foundRelations[position] ?? undefined]));
  return makeNames(say, { nameOf: (id) => names.get(id), wordsOf: (id) => words.get(id) });
}

/** Names by what finds them; what is found no more is said to be removed. */
function makeNames(
  say: Say,
  {
    nameOf,
    wordsOf,
  }: {
    readonly nameOf: (id: EntityId) => string | undefined;
    readonly wordsOf: (id: number) => RelationWords | undefined;
  },
): Names {
  return {
    say,
    entity(id) {
      const name = nameOf(id);
      return name === undefined ? say("removedEntity") : say("name", { name });
    },
    relation: (id) => wordsOf(id) ?? { label: say("removedRelation"), inverseLabel: null, symmetric: true },
  };
}
