import type { Database } from "../database.ts";
import { ENTITY_COLUMNS, readEntity } from "../tables/entity.ts";
import type { Entity, FindingCount, Queryable, Revision, ShapeBreach } from "../types.ts";
import { checkValues } from "./checkValues.ts";
import { findAllShapes } from "./findShapes.ts";
import { tell } from "./findTripleBreaches.ts";
import { readAll } from "./readAll.ts";
import { type Breach, breachesSql, RELATION_RULES } from "./relationRules.ts";
import { SHAPE_RULES, shapeBreachesSql, type TripleBreach } from "./shapeRules.ts";
import { type Found, tellBreaches } from "./tellBreaches.ts";

const ENTITIES = `select ${ENTITY_COLUMNS} from entity e where e.merged_into is null`;
const SIZE = `
  select g.revision::text, (select count(*)::int from entity where merged_into is null) as entities,
         (select count(*)::int from triple where rank <> 'DEPRECATED') as triples from graph g`;

/** What a validation has looked at, and how often each rule is broken, most often first. */
export interface Validation {
  readonly revision: Revision;
  readonly entities: number;
  readonly triples: number;
  readonly counts: readonly FindingCount[];
}

export interface ValidationOptions {
  /** Gets findings as they come, in pages. */
  readonly onFindings: (findings: readonly Found[]) => Promise<void> | void;
  readonly onProgress?: (fraction: number, what: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Checks the whole graph against the rules of its relations and its shapes, as of one moment. Rules of triples are
 * one statement each, attributes are streamed: memory stays the same however large the graph is.
 * @throws the signal's reason where it aborts
 */
export async function validateGraph(db: Database, options: ValidationOptions): Promise<Validation> {
  return db.transaction(async (tx) => {
    await tx.query("set transaction isolation level repeatable read, read only");
    const [size] = await tx.query<Omit<Validation, "counts">>(SIZE);
    const counts = new Map<string, FindingCount>();
    const report = async (findings: readonly Found[]) => {
      options.signal?.throwIfAborted();
      if (findings.length === 0) return;
      for (const { severity, code, shape } of findings) {
        const name = JSON.stringify([severity, code, shape]);
        counts.set(name, { severity, code, shape, count: (counts.get(name)?.count ?? 0) + 1 });
      }
      await options.onFindings(findings);
    };
    await runSteps(makeSteps(tx, report, size.entities), options);
    return { ...size, counts: [...counts.values()].sort((a, b) => b.count - a.count) };
  });
}

interface Step {
  readonly what: string;
  run(tellPart: (fraction: number) => void): Promise<void>;
}

async function runSteps(steps: readonly Step[], { onProgress, signal }: ValidationOptions): Promise<void> {
  for (const [i, { what, run }] of steps.entries()) {
    signal?.throwIfAborted();
    onProgress?.(i / steps.length, what);
    await run((fraction) => onProgress?.((i + fraction) / steps.length, what));
  }
}

function makeSteps(
  tx: Queryable,
  report: (found: readonly Found[]) => Promise<void>,
  entities: number,
): Step[] {
  const relationSteps = RELATION_RULES.map((rule) => ({
    what: `relations: ${rule}`,
    async run() {
      const pages = readAll<Breach>(tx, breachesSql(rule));
      for await (const page of pages) await report(await tellBreaches(tx, page));
    },
  }));
  const shapeSteps = SHAPE_RULES.map((rule) => ({
    what: `shapes of triples: ${rule}`,
    async run() {
      for await (const page of readAll<TripleBreach>(tx, shapeBreachesSql(rule))) {
        const keys = await findKeys(
          tx,
          page.map(({ entityId }) => entityId),
        );
        await report((await tell(tx, page)).map((breach) => foundOf(breach, keys.get(breach.entityId)!)));
      }
    },
  }));
  const values: Step = {
    what: "shapes of attributes",
    async run(tellPart) {
      const shapes = (await findAllShapes(tx)).filter(({ attribute }) => attribute !== null);
      if (shapes.length === 0) return;
      let done = 0;
      for await (const page of readAll<Entity>(tx, ENTITIES)) {
        done += page.length;
        tellPart(done / Math.max(1, entities));
        for (const entity of page.map(readEntity)) {
          await report(checkValues(entity, shapes).map((breach) => foundOf(breach, entity.key)));
        }
      }
    },
  };
  return [...relationSteps, ...shapeSteps, values];
}

async function findKeys(tx: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ id: string; key: string }>(
    "select id, key from entity where id = any($1::bigint[])",
    [ids],
  );
  return new Map(rows.map(({ id, key }) => [id, key]));
}

function foundOf({ shape, tripleId, message }: ShapeBreach, entity: string): Found {
  const { key, severity } = shape;
  return {
    severity,
    code: "SHAPE_VIOLATION",
    shape: key,
    entity,
    tripleId,
    message: shape.message ?? message,
  };
}
