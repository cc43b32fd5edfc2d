import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { makeLetGo } from "../src/letGo.ts";

function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

it("does one long piece in each turn of the event loop, first come, first served", async () => {
  const letGo = makeLetGo(4);
  const done: [name: string, turn: number][] = [];
  let [turn, counting] = [0, true];
  const count = () => {
    turn++;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  const piece = async (name: string) => {
    const others = letGo();
    if (others) await others;
    work(5);
    done.push([name, turn]);
  };
  await Promise.all(["a", "b", "c", "d"].map(piece));
  counting = false;
  expect(done).toEqual(["a", "b", "c", "d"].map((name, at) => [name, at]));
});

it("makes nobody wait where the others have done little, nor once they are done", async () => {
  const letGo = makeLetGo(1_000);
  expect([letGo(), letGo(), letGo()]).toEqual([undefined, undefined, undefined]);
  const busy = makeLetGo(0);
  expect(busy()).toBeUndefined();
  const waiting = busy();
  expect(waiting).toBeInstanceOf(Promise);
  await waiting;
  await nextTurn();
  expect(busy()).toBeUndefined();
});
