/** The words of the graph, by idea. */

export type * from "./types/changes.ts";
export type * from "./types/curation.ts";
export type * from "./types/feedback.ts";
export type * from "./types/graph.ts";
export type * from "./types/links.ts";
export type * from "./types/models.ts";
export type * from "./types/past.ts";
export type * from "./types/proposals.ts";
export type * from "./types/reading.ts";
export type * from "./types/scenarios.ts";
export type * from "./types/shapes.ts";
export type * from "./types/snapshot.ts";
export type * from "./types/vectors.ts";
