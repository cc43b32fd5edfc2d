/**
 * A subquery: the rows that each change of `revisions` (SQL of a bigint[]) touched, in sum, with the columns revision,
 * subject, subject_id, first and last (its rows in the log) and action. A row that the change both made and deleted is
 * left out. One pass over the rows without reading their images; index change_row_pkey.
 */
export function netRowsOf(revisions: string): string {
  return `
    select revision, subject, subject_id, first, last,
           case made - gone when 1 then 'ADDED' when -1 then 'REMOVED' else 'CHANGED' end as action
      from (select revision, subject, subject_id, min(id) as first, max(id) as last,
                   count(*) filter (where before is null) as made, count(*) filter (where after is null) as gone,
                   min(id) filter (where before is null) as first_made, min(id) filter (where after is null) as first_gone
              from change_row where revision = any(${revisions}) group by revision, subject, subject_id) touched
     where made <> gone or made = 0 or first_gone < first_made`;
}
