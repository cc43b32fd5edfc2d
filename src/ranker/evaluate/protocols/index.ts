import { cold } from "./cold.ts";
import { full } from "./full.ts";
import type { RankingProtocol } from "./Protocol.ts";
import { path } from "./path.ts";
import { time } from "./time.ts";

/** The protocols that judge by ranking. */
export const RANKING_PROTOCOLS = { full, time, path, cold } as const satisfies Record<
  string,
  RankingProtocol
>;
export type RankingProtocolName = keyof typeof RANKING_PROTOCOLS;
