import fc from "fast-check";
import { expect, it } from "vitest";
import { bindModel } from "../../src/ranker/bindModel.ts";
import { makeDamping } from "../../src/ranker/damping.ts";
import { explainItem } from "../../src/ranker/explainItem.ts";
import { Marks } from "../../src/ranker/Marks.ts";
import { addMeetings, findMeetings } from "../../src/ranker/meetings.ts";
import { orderByScore } from "../../src/ranker/orderByScore.ts";
import { makeRandom } from "../../src/ranker/random.ts";
import { rank } from "../../src/ranker/rank.ts";
import { makeMasses } from "../../src/ranker/score.ts";
import { collectSignals } from "../../src/ranker/signals.ts";
import type { DampedReason } from "../../src/ranker/types.ts";
import { writeEvidence } from "../support/writeEvidence.ts";
import { graphOf } from "./support.ts";
import { fitWorld, RELATIONS, type World, worlds } from "./worlds.ts";

const reasons: readonly DampedReason[] = [
  { entity: 3, relation: -1, factor: 0.5 },
  { entity: -1, relation: 1, factor: 0.25 },
];

function open(world: World) {
  const graph = graphOf(world.items, world.others, RELATIONS, world.triples);
  const model = bindModel(fitWorld(world, graph), graph);
  const collect = (ids: readonly number[], damped = false) => {
    const indices = ids.map((id) => graph.indexOf(String(id)));
    const damping = damped ? makeDamping(reasons) : null;
    return collectSignals(model, graph, indices, { ordered: world.ordered, damping });
  };
  return { graph, model, collect };
}

it("adds to the masses just what the rows of the meetings hold, to the last bit", () => {
  fc.assert(
    fc.property(worlds, fc.boolean(), (world, damped) => {
      const { graph, collect } = open(world);
      const signals = collect(world.history, damped);
      for (let item = 0; item < graph.size; item++) {
        const [added, summed] = [makeMasses(signals), makeMasses(signals)];
        addMeetings(signals, item, added);
        const { count, group, mass } = findMeetings(signals, item);
        for (let row = 0; row < count; row++) summed[group[row]] += mass[row];
        expect(added).toEqual(summed);
      }
    }),
    { numRuns: 300 },
  );
});

it("answers as if alone, whatever other histories are looked at in between", () => {
  fc.assert(
    fc.property(worlds, fc.boolean(), (world, damped) => {
      const histories = [world.history, [...world.history].reverse().slice(1), world.users[0], []];
      const tell = (signals: ReturnType<typeof collectSignals>, size: number) => [
        rank(signals, { accepts: () => true }),
        Array.from({ length: size }, (_, item) => {
          const { evidence, ...rest } = explainItem(signals, item, 8);
          return { ...rest, evidence: evidence.map(writeEvidence) };
        }),
      ];
      const alone = histories.map((history) => {
        const { graph, collect } = open(world);
        return tell(collect(history, damped), graph.size);
      });
      const { graph, collect } = open(world);
      const together = histories.map((history) => collect(history, damped));
      for (const order of [[0, 1, 2, 3], [3, 1, 0, 2], [0]]) {
        for (const at of order) expect(tell(together[at], graph.size)).toEqual(alone[at]);
      }
    }),
    { numRuns: 100 },
  );
});

it("sorts by score, equal ones as it is told, at every length", () => {
  const random = makeRandom(11);
  for (let size = 0; size < 70; size++) {
    const scores = Float64Array.from({ length: size }, () => Math.floor(random() * 9) - 4);
    const sorted = [...scores.keys()].sort((a, b) => scores[b] - scores[a] || b - a);
    expect([...orderByScore(scores, (a, b) => a > b)]).toEqual(sorted);
  }
});

it("marks each entity once until it starts anew, also those that came later", () => {
  const marks = new Marks(2);
  marks.begin(2);
  expect([marks.mark(1), marks.mark(1), marks.mark(0)]).toEqual([true, false, true]);
  marks.begin(40);
  expect([marks.mark(1), marks.mark(39), marks.mark(39)]).toEqual([true, true, false]);
});
