import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { READING, ROLES, rolesWith, SCOPES } from "../../src/access/scopes.ts";
import type { Role, Scope } from "../../src/access/types.ts";

it("has docs/access.md tell what each scope is for and who holds it", () => {
  const rows = [...readFileSync("docs/access.md", "utf8").matchAll(/^\| `([a-z]+:[a-z]+)` \| (.*) \|$/gm)];
  const told = rows.map(([, scope, rest]) => [scope, ...rest.split("|").map((cell) => cell.trim())]);
  const expected = (Object.keys(SCOPES) as Scope[]).map((scope) => {
    const roles = (Object.keys(ROLES) as Role[]).map((role) => (rolesWith(scope).includes(role) ? "✓" : ""));
    return [scope, SCOPES[scope], READING.includes(scope) ? "✓" : "", ...roles];
  });
  expect(told).toEqual(expected);
});
