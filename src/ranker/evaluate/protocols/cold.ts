import { DomainError } from "../../../errors.ts";
import { makeRandom } from "../../random.ts";
import type { ReportRow } from "../report/Report.ts";
import { sortRows } from "../splitDataset.ts";
import type { Dataset } from "../types.ts";
import { packUserRows } from "../userRows.ts";
import { makeTraining } from "./makeArena.ts";
import { type RankingProtocol, USUAL_COLUMNS } from "./Protocol.ts";

const SHARE = 0.1;
const SEED = 1;
const AMONG_COLD = "among cold items";
const AMONG_ALL = "among all items";

/**
 * New items: a seeded tenth of the items that anybody touched loses all its interactions, and is then asked for
 * by the users who had them, once among the cold items alone and once among all items. A second tenth is held
 * out in the same way for validation, so that settings are chosen for what the test asks; the last fit has it
 * back. Equal scores go in a random order: the rows of a catalogue often stand by popularity.
 */
export const cold: RankingProtocol = {
  name: "cold",
  summary: "a tenth of the items loses its interactions and is asked for, among cold items and among all",
  columns: USUAL_COLUMNS,
  leadMetrics: ["recall@10", "ndcg@10", "mrr@10"],
  temporal: false,
  histories: [],
  prepare(dataset) {
    const { kind, coldItems } = drawCold(dataset);
    const { item } = dataset.interactions;
    const rows = sortRows(dataset).filter(markFirst(dataset));
    const pick = (...kinds: number[]) =>
      packUserRows(
        dataset.interactions,
        rows.filter((row) => kinds.includes(kind[item[row]])),
        dataset.userKeys.length,
      );
    const [train, valid, test, warm] = [pick(WARM), pick(VALID), pick(TEST), pick(WARM, VALID)];
    const split = { train, valid, test, skippedUsers: 0 };
    const training = { ...makeTraining(dataset, split, "train+valid"), final: warm };
    const task = { items: dataset.itemKeys.length, history: warm, relevant: test };
    const everything = shuffle(Array.from(dataset.itemKeys.keys()));
    return {
      arenas: [
        {
          training,
          trials: [
            { group: AMONG_COLD, task: { ...task, ranked: coldItems } },
            { group: AMONG_ALL, task: { ...task, ranked: everything } },
          ],
        },
      ],
      skippedUsers: 0,
      notes: [
        `${coldItems.length} of ${dataset.itemKeys.length} items are cold; ${test.items.length} interactions ask for them`,
      ],
    };
  },
  comment: (_, rows) => compareWithPopularity(rows),
};

const WARM = 1;
const VALID = 2;
const TEST = 3;

/** Gives each touched item its kind, and the cold ones in a random order. */
function drawCold({ name, itemKeys, interactions }: Dataset) {
  const touched = shuffle([...new Set(interactions.item)].sort((a, b) => a - b));
  const count = Math.floor(SHARE * touched.length);
  if (count === 0) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `the data set "${name}" has ${touched.length} items with interactions: protocol "cold" expects at least ` +
        `${Math.ceil(1 / SHARE)}`,
    );
  }
  const kind = new Uint8Array(itemKeys.length);
  touched.forEach((item, place) => {
    kind[item] = place < count ? TEST : place < 2 * count ? VALID : WARM;
  });
  return { kind, coldItems: touched.slice(0, count) };
}

/** True for the first row of each pair of user and item. */
function markFirst({ interactions: { user, item }, itemKeys }: Dataset): (row: number) => boolean {
  const seen = new Set<number>();
  return (row) => {
    const pair = user[row] * itemKeys.length + item[row];
    if (seen.has(pair)) return false;
    seen.add(pair);
    return true;
  };
}

/** Fisher–Yates. */
function shuffle(values: number[]): number[] {
  const random = makeRandom(SEED);
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [values[last], values[other]] = [values[other], values[last]];
  }
  return values;
}

function compareWithPopularity(rows: readonly ReportRow[]): string[] {
  const of = (name: string) => rows.find(({ model, group }) => model === name && group === AMONG_COLD);
  const [subject, popular] = [of("whygraph"), of("popularity")];
  if (!subject || !popular || popular.metrics["ndcg@10"].mean === 0) return [];
  const times = subject.metrics["ndcg@10"].mean / popular.metrics["ndcg@10"].mean;
  return [
    `among cold items whygraph has ${times.toFixed(1)} times the nDCG@10 of popularity, which cannot tell them apart`,
  ];
}
