/** Largest page of any list. */
export const MAX_PAGE = 100;
/** Most steps of a path between two entities. */
export const MAX_PATH_LENGTH = 6;
/** Most ids that `nodes` takes. */
export const MAX_NODES = 100;
/** Most evidence of one explanation. */
export const MAX_EVIDENCE = 500;
/** Most interactions of one request. */
export const MAX_INTERACTIONS = 1_000;
