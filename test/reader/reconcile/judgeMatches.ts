import type { AskedValue, Reconciler } from "../../../src/reader/reconcile/types.ts";
import type { Gazetteer } from "../../../src/text/Gazetteer.ts";

/** A name of somebody's table, and the entity that it means. */
export interface LabelledName {
  readonly half: "dev" | "test";
  readonly kind: string;
  readonly name: string;
  readonly types: readonly string[];
  readonly properties: Readonly<Record<string, AskedValue>>;
  /** Key of the entity; null where the graph has none, or more than one that it may mean. */
  readonly entity: string | null;
}

/** What became of a set of names. */
export interface MatchReport {
  readonly names: number;
  /** Names that mean one entity of the graph. */
  readonly meant: number;
  /** Names that were matched without asking. */
  readonly matched: number;
  readonly right: number;
  /** Of those that were matched. */
  readonly precision: number;
  /** Of those that mean an entity. */
  readonly recall: number;
  /** How many of those that mean an entity have it first, and among the first five. */
  readonly first: number;
  readonly amongFive: number;
  /** Names that were matched wrongly, or not at all though they mean an entity, with the first candidates. */
  readonly misses: readonly string[];
}

/** Reads a labelled set: tab-separated, with a header. */
export function readLabelled(text: string): LabelledName[] {
  const [, ...lines] = text.trimEnd().split("\n");
  return lines.map((line) => {
    const [half, kind, name, type, properties, entity] = line.split("\t");
    return {
      ...{ half: half as LabelledName["half"], kind, name, types: type === "" ? [] : [type] },
      properties: properties === "" ? {} : JSON.parse(properties),
      entity: entity === "-" ? null : entity,
    };
  });
}

/** Reconciles names and compares what was matched with what they mean. */
export async function judgeMatches(
  labelled: readonly LabelledName[],
  match: Reconciler["match"],
): Promise<MatchReport> {
  const answers = await match(
    labelled.map(({ name, types, properties }) => ({
      ...{ name, types, strictness: "SHOULD" as const, limit: 5 },
      properties: Object.entries(properties).map(([property, value]) => ({ property, values: [value] })),
    })),
  );
  const judged = labelled.map((asked, place) => {
    const candidates = answers[place];
    const keys = candidates.map(({ entity }) => entity.key);
    const matched = candidates.find(({ match }) => match)?.entity.key ?? null;
    return { asked, candidates, keys, matched };
  });
  const count = (is: (one: (typeof judged)[number]) => boolean) => judged.filter(is).length;
  const meant = count(({ asked }) => asked.entity !== null);
  const matched = count((one) => one.matched !== null);
  const right = count((one) => one.matched !== null && one.matched === one.asked.entity);
  return {
    ...{ names: judged.length, meant, matched, right },
    ...{ precision: right / matched, recall: right / meant },
    first: count(({ asked, keys }) => asked.entity !== null && keys[0] === asked.entity),
    amongFive: count(({ asked, keys }) => asked.entity !== null && keys.includes(asked.entity)),
    misses: judged
      .filter((one) => one.matched !== one.asked.entity)
      .map(({ asked, candidates }) => {
        const told = candidates.slice(0, 3).map(({ entity, score }) => `${entity.key} ${score}`);
        return `${asked.kind} "${asked.name}": expected ${asked.entity ?? "none"}; ${told.join(", ") || "nothing"}`;
      }),
  };
}

/** Matches a name with the one entity of the asked type that has it, case, accents and punctuation aside. */
export function matchEqualNames(names: Gazetteer): Reconciler["match"] {
  return async (queries) =>
    queries.map(({ name, types }) => {
      const all = new Set(names.find(name ?? "").map(({ entity }) => entity));
      const found = [...all].filter(({ type }) => types.length === 0 || types.includes(type));
      return found.map((entity) => ({
        ...{ entity, description: null, score: 100, match: found.length === 1, features: [] },
      }));
    });
}
