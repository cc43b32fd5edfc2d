import { isDeepStrictEqual } from "node:util";
import { checkKey, checkObject } from "../curation/checks.ts";
import { problem, shown } from "../curation/problem.ts";
import { runEdit, type Written } from "../curation/runEdit.ts";
import type { Database } from "../database.ts";
import { comparable, isInteger } from "../queries/values.ts";
import type { EditOptions, Queryable, Scenarios, ScenarioVersion } from "../types.ts";

const COLUMNS = "key, version, definition, actor, reason, at";
// Index scenario_version_pkey, all of them.
const NEWEST = `select ${COLUMNS} from scenario_version where key = $1 order by version desc limit 1`;
const ONE = `select ${COLUMNS} from scenario_version where key = $1 and version = $2`;
const VERSIONS = `select ${COLUMNS} from scenario_version where key = $1 order by version desc`;
const ALL = `
  select * from (select distinct on (key) ${COLUMNS} from scenario_version order by key, version desc) newest
   where definition is not null order by key`;
const LOCK = "select pg_advisory_xact_lock(hashtextextended($1, 1463900507))";
const INSERT = `
  insert into scenario_version (key, version, definition, actor, reason) values ($1, $2, $3, $4, $5)
  returning ${COLUMNS}`;

/** Creates the store of scenarios. */
export function createScenarios(db: Database): Scenarios {
  return {
    async find(key, version) {
      if (version !== null && !isInteger(version)) return null;
      const parameters = version === null ? [comparable(key)] : [comparable(key), version];
      const [found] = await db.query<ScenarioVersion>(version === null ? NEWEST : ONE, parameters);
      return found ?? null;
    },
    findAll: () => db.query<ScenarioVersion>(ALL),
    findVersions: (key) => db.query<ScenarioVersion>(VERSIONS, [comparable(key)]),
    write: (scenario, options) =>
      runEdit(db, options, {
        kind: scenario.definition === null ? "delete_scenario" : "define_scenario",
        input: scenario,
        besideGraph: true,
        check: () => [
          ...checkKey(scenario.key, "key"),
          ...(scenario.definition === null ? [] : checkObject(scenario.definition, "definition")),
        ],
        revive: (json) => ({ ...json, at: new Date(json.at) }),
        write: (tx) => write(tx, scenario, options),
      }),
  };
}

async function write(
  tx: Queryable,
  { key, definition }: Pick<ScenarioVersion, "key" | "definition">,
  { actor, reason, expectedRevision }: EditOptions,
): Promise<Written<ScenarioVersion>> {
  await tx.query(LOCK, [key]);
  const [before] = await tx.query<ScenarioVersion>(NEWEST, [key]);
  const version = before?.version ?? 0;
  if (expectedRevision != null && expectedRevision !== version) {
    const message = `the scenario ${shown(key)} is at version ${version}; expected ${expectedRevision}`;
    return { problems: [problem("REVISION_CONFLICT", "expectedVersion", message)] };
  }
  if (definition === null && (before?.definition ?? null) === null) {
    const message = `key is ${shown(key)}; expected the key of a scenario`;
    return { problems: [problem("UNKNOWN_SCENARIO", "key", message)] };
  }
  if (before && isDeepStrictEqual(before.definition, definition)) return { value: before, unchanged: true };
  const json = definition === null ? null : JSON.stringify(definition);
  const [value] = await tx.query<ScenarioVersion>(INSERT, [key, version + 1, json, actor, reason ?? null]);
  return { value };
}
