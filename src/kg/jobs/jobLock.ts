/** First half of the advisory locks that processes hold on their jobs; the second half is the job's id. */
export const JOB_LOCK = 0x57474a42;
/** Held while a job begins, so that of two that begin at once one sees the other. */
export const BEGIN_LOCK = 0x57474a43;
/** Postgres tells on it the id of a job that shall end. */
export const CANCEL_CHANNEL = "whygraph_job";
