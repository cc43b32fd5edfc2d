import type { ChangeAction, ChangeSummary, NetRow, Queryable, Revision } from "../../types.ts";
import { findNames } from "../findNames.ts";
import { imagesOf } from "./findDiffs.ts";
import { netRowsOf } from "./netSql.ts";
import { type Group, tellChange } from "./tellChange.ts";

// The first two rows of each kind, with how many there are; of a merge also how many triples got other ends.
const GROUPS = `
  with net as materialized (${netRowsOf("$1::bigint[]")}),
  numbered as (
    select *, row_number() over kind as place, (count(*) over (partition by revision, subject, action))::int as count
      from net window kind as (partition by revision, subject, action order by first)
  )
  select c.revision, c.kind, c.actor, v.reverts, r.kind as "revertedKind", r.actor as "revertedActor",
         n.subject, n.subject_id::text as id, n.action, n.count, f.before, l.after,
         case when c.kind = 'merge_entities' and n.subject = 'triple' and n.action = 'CHANGED' then (
           select count(*)::int from net m join change_row b on b.revision = m.revision and b.id = m.first
             join change_row a on a.revision = m.revision and a.id = m.last
            where m.revision = c.revision and m.subject = 'triple' and m.action = 'CHANGED'
              and (b.before->>'head_id', b.before->>'tail_id') is distinct from (a.after->>'head_id', a.after->>'tail_id'))
         end as moved
    from change c
    left join change_revert v on v.revision = c.revision
    left join change r on r.revision = v.reverts
    left join numbered n on n.revision = c.revision and n.place <= 2
    left join change_row f on f.revision = n.revision and f.id = n.first
    left join change_row l on l.revision = n.revision and l.id = n.last
   where c.revision = any($1::bigint[])
   order by c.revision, array_position('{ADDED,CHANGED,REMOVED}', n.action),
            array_position('{entity,relation,triple}', n.subject), n.place`;

interface GroupRow extends NetRow {
  readonly revision: Revision;
  readonly kind: string;
  readonly actor: string;
  readonly reverts: Revision | null;
  readonly revertedKind: string | null;
  readonly revertedActor: string | null;
  readonly count: number;
  readonly moved: number | null;
}

/** Tells each of the changes `revisions` in one sentence. Two statements for all: the rows and the names. */
export async function summariseChanges(
  db: Queryable,
  revisions: readonly Revision[],
): Promise<Map<Revision, ChangeSummary>> {
  const rows = await db.query<GroupRow>(GROUPS, [revisions]);
  const names = await findNames(
    db,
    rows.flatMap((row) => (row.subject === null ? [] : imagesOf(row))),
  );
  const byRevision = new Map<Revision, GroupRow[]>();
  for (const row of rows) byRevision.set(row.revision, [...(byRevision.get(row.revision) ?? []), row]);
  return new Map(
    [...byRevision].map(([revision, own]) => {
      const groups = groupRows(own);
      const sentence = tellChange(own[0], groups, names);
      return [revision, { sentence, diffCount: groups.reduce((sum, { count }) => sum + count, 0) }];
    }),
  );
}

function groupRows(rows: readonly GroupRow[]): Group[] {
  const groups = new Map<string, { action: ChangeAction; rows: NetRow[] } & Omit<Group, "rows">>();
  for (const row of rows) {
    if (row.subject === null) continue; // a change that touched nothing
    const { subject, action, count, moved } = row;
    const name = `${action} ${subject}`;
    const group = groups.get(name) ?? { subject, action, count, moved: moved ?? 0, rows: [] };
    group.rows.push(row);
    groups.set(name, group);
  }
  return [...groups.values()];
}
