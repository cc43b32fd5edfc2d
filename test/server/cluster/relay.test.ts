import { EventEmitter } from "node:events";
import { expect, it } from "vitest";
import { CommitRelay } from "../../../src/server/cluster/CommitRelay.ts";
import { openWorkerLink } from "../../../src/server/cluster/openWorkerLink.ts";

/** A worker's two ends without a process between: what one sends the other hears, a turn later. */
function makeWorker(id: number) {
  const [inside, outside] = [new EventEmitter(), new EventEmitter()];
  const to = (end: EventEmitter) => (message: unknown) =>
    setImmediate(() => end.emit("message", message)) !== null;
  const link = openWorkerLink(Object.assign(inside, { send: to(outside) }) as unknown as NodeJS.Process);
  const noted: string[] = [];
  link.onCommitted((revision) => noted.push(revision));
  const peer = Object.assign(outside, { id, send: to(inside) });
  return { link, noted, peer: peer as unknown as Parameters<CommitRelay["add"]>[0], outside };
}

it("a commit is known once every other worker has taken note of it", async () => {
  const relay = new CommitRelay();
  const [one, two, three] = [1, 2, 3].map(makeWorker);
  for (const { peer } of [one, two, three]) relay.add(peer);
  await one.link.committed("7");
  expect([one.noted, two.noted, three.noted]).toEqual([[], ["7"], ["7"]]);
});

it("a worker alone, or whose peer ends before it answers, waits for nobody", async () => {
  const relay = new CommitRelay();
  const [one, two] = [makeWorker(1), makeWorker(2)];
  relay.add(one.peer);
  await one.link.committed("1");
  relay.add(two.peer);
  Object.assign(two.peer, { send: () => true }); // hears nothing any more
  const known = one.link.committed("2");
  setImmediate(() => setImmediate(() => two.outside.emit("exit")));
  await known;
  expect(two.noted).toEqual([]);
});
