import { expect, it } from "vitest";
import { Budgets } from "../../../src/server/cost/Budgets.ts";

it("lets a viewer spend a minute's worth at once, and fills the account up evenly", () => {
  let now = 0;
  const budgets = new Budgets(() => now);
  expect(budgets.spend("ada", 50, 60)).toEqual({ left: 10, retrySeconds: null });
  expect(budgets.spend("ada", 30, 60)).toEqual({ left: 10, retrySeconds: 20 }); // 1 a second: 20 are missing
  expect(budgets.spend("ben", 30, 60)).toEqual({ left: 30, retrySeconds: null });
  now = 20_000;
  expect(budgets.spend("ada", 30, 60)).toEqual({ left: 0, retrySeconds: null });
  now = 1_000_000;
  expect(budgets.spend("ada", 1, 60)).toEqual({ left: 59, retrySeconds: null });
});
