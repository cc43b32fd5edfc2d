import { RANKING_PROTOCOLS, type RankingProtocolName } from "../../ranker/evaluate/protocols/index.ts";
import type { Report } from "../../ranker/evaluate/report/Report.ts";
import { runCtrFolder } from "./runCtrFolder.ts";
import { runLinks } from "./runLinks.ts";
import { runRanking } from "./runRanking.ts";

/** What the command line asks of a protocol. */
export interface ProtocolOptions {
  readonly history?: string;
  /** Names; the protocol's own table where absent. */
  readonly models?: readonly string[];
  readonly ablations: boolean;
  readonly seeds: number;
  /** Fits that run at the same time. */
  readonly jobs: number;
  /** File of the items' vectors. */
  readonly vectors?: string;
  readonly onProgress: (text: string) => void;
}

/** A protocol as the command knows it: it reads what it needs from a data folder and gives a report. */
export interface CommandProtocol {
  readonly summary: string;
  /** Seeds, or splits, where none are asked for; 1 where absent. */
  readonly seeds?: number;
  /** @throws {DomainError} BAD_USER_INPUT where the folder or an option is not what the protocol needs */
  run(folder: string, options: ProtocolOptions): Promise<Report>;
}

const ranking = Object.entries(RANKING_PROTOCOLS).map(([name, { summary }]): [string, CommandProtocol] => [
  name,
  { summary, run: (folder, options) => runRanking(folder, name as RankingProtocolName, options) },
]);

/** Every protocol by name. */
export const PROTOCOLS: { readonly [name: string]: CommandProtocol } = {
  ...Object.fromEntries(ranking),
  ctr: {
    summary: "labelled rows of random 60/20/20 splits: who would like what (AUC, F1)",
    seeds: 5,
    run: runCtrFolder,
  },
  links: {
    summary: "a tenth of the triples is held out and their ends are ranked among all entities",
    run: runLinks,
  },
};
