/** The tensor library, whatever backend it was opened with; only `backend.ts` opens one. */
export type Tf = typeof import("@tensorflow/tfjs");
