import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { joinCalls } from "../../../src/kg/reads/joinCalls.ts";

/** A read whose calls are noted and answered by hand. */
function makeRead() {
  const calls: { readonly keys: readonly string[]; answer(): void; fail(why: string): void }[] = [];
  const find = (keys: readonly string[]) =>
    new Promise<ReadonlyMap<string, string>>((resolve, reject) => {
      calls.push({
        keys,
        answer: () => resolve(new Map(keys.map((key) => [key, `${key}!`]))),
        fail: (why) => reject(new Error(why)),
      });
    });
  return { calls, joined: joinCalls(find, 2), keys: () => calls.map((call) => call.keys) };
}

describe("joined calls", () => {
  it("of one turn are one call, with each key once", async () => {
    const { joined, calls, keys } = makeRead();
    const answers = [joined(["a", "b"]), joined(["b", "c"])];
    await turn();
    expect(keys()).toEqual([["a", "b", "c"]]);
    calls[0].answer();
    const [one, two] = await Promise.all(answers);
    expect([one.get("a"), two.get("c")]).toEqual(["a!", "c!"]);
  });

  it("wait while two are under way, and never share what was asked for before them", async () => {
    const { joined, calls, keys } = makeRead();
    const first = joined(["a"]);
    await turn();
    const second = joined(["a"]);
    await turn();
    const late = [joined(["a"]), joined(["d"])];
    await turn();
    expect(keys()).toEqual([["a"], ["a"]]);
    calls[0].answer();
    await first;
    await turn();
    expect(keys()).toEqual([["a"], ["a"], ["a", "d"]]); // read anew: an edit may have come between
    for (const call of calls) call.answer();
    await Promise.all([second, ...late]);
  });

  it("that fail together are made again alone, each with its own error", async () => {
    const { joined, calls } = makeRead();
    const [good, bad] = [joined(["a"]), joined(["poison"])];
    bad.catch(() => undefined);
    await turn();
    calls[0].fail("both");
    await turn();
    expect(calls.slice(1).map(({ keys }) => keys)).toEqual([["a"], ["poison"]]);
    calls[1].answer();
    calls[2].fail("poison is no key");
    expect((await good).get("a")).toBe("a!");
    await expect(bad).rejects.toThrow("poison is no key");
  });

  it("hold at most 2,000 keys, unless one asks for more", async () => {
    const { joined, keys, calls } = makeRead();
    const of = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
    const answers = [joined(of("a", 1_500)), joined(of("b", 1_500)), joined(of("c", 2_500))];
    for (let i = 0; i < 3; i++) {
      await turn();
      calls[i].answer();
      await answers[i];
    }
    expect(keys().map(({ length }) => length)).toEqual([1_500, 1_500, 2_500]);
  });
});
