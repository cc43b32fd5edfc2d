import fc from "fast-check";
import { expect, it } from "vitest";
import { bindModel } from "../../../src/ranker/bindModel.ts";
import { batchRequests } from "../../../src/ranker/device/batchRequests.ts";
import { fusePathsArrays } from "../../../src/ranker/device/fusePathsArrays.ts";
import { fillMasses, fuse, makeMasses } from "../../../src/ranker/score.ts";
import { collectSignals } from "../../../src/ranker/signals.ts";
import { graphOf } from "../support.ts";
import { fitWorld, RELATIONS, worlds } from "../worlds.ts";

it("scores a batch of users as serving scores each of them, in every world, gated or not", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const graph = graphOf(world.items, world.others, RELATIONS, world.triples);
      const model = bindModel(fitWorld(world, graph), graph);
      const history = world.history.map((id) => graph.indexOf(String(id)));
      // Two users: one with the whole history, one with its newest half. What a history holds is not asked for.
      const requests = [history, history.slice(0, Math.ceil(history.length / 2))].map((own) => ({
        history: own,
        items: Array.from({ length: graph.size }, (_, item) => item).filter(
          (item) => !history.includes(item),
        ),
      }));
      const { batch, parameters } = batchRequests(model, graph, { requests, ordered: world.ordered });
      const { score, contribution } = fusePathsArrays(batch, parameters);
      const sums = new Float64Array(batch.rows).fill(model.bias);
      batch.row.forEach((row, path) => {
        sums[row] += contribution[path];
      });
      requests.forEach(({ history: own, items }, user) => {
        const signals = collectSignals(model, graph, own, { ordered: world.ordered });
        const masses = makeMasses(signals);
        items.forEach((item, place) => {
          const row = batch.offsets[user] + place;
          fillMasses(signals, item, masses);
          const served = fuse(signals, masses);
          expect(Math.abs(score[row] - served)).toBeLessThan(1e-4 * (1 + Math.abs(served))); // float32 columns
          expect(Math.abs(sums[row] - score[row])).toBeLessThan(1e-9 * (1 + Math.abs(served)));
        });
      });
    }),
    { numRuns: 150 },
  );
}, 60_000);
