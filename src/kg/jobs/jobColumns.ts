/** Columns of a job by the names of `Job`: a row is a `Job` as it is. */
export const JOB_COLUMNS = `id, kind, status, progress, message, error, actor, reason, input,
  model_id as "modelId", created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;
