import { expect, it, vi } from "vitest";
import { rememberLists } from "../src/rememberLists.ts";

const historyOf = (item: string) => ({
  items: [{ item, kind: "rating", weight: 5, at: null }],
  wishes: [],
  seen: null,
});

it("gives what was made of the same history under the same key, and makes the rest", () => {
  const { remember } = rememberLists(10);
  const make = vi.fn(() => ({}));
  const [one, other] = [historyOf("1"), historyOf("1")];
  const list = remember(one, "a", make);
  expect(remember(one, "a", make)).toBe(list);
  expect(remember(one, "b", make)).not.toBe(list);
  expect(remember(other, "a", make)).not.toBe(list); // equal, but read anew: something may have happened
  expect(remember(null, "a", make)).not.toBe(list);
  expect(make).toHaveBeenCalledTimes(4);
});

it("forgets what was used least recently", () => {
  const { remember } = rememberLists(2);
  const history = historyOf("1");
  const [a, b] = [remember(history, "a", () => ({})), remember(history, "b", () => ({}))];
  expect(remember(history, "a", () => ({}))).toBe(a);
  remember(history, "c", () => ({}));
  expect(remember(history, "a", () => ({}))).toBe(a);
  expect(remember(history, "b", () => ({}))).not.toBe(b);
});
