import "reflect-metadata";
import { afterAll, expect } from "vitest";
import { PathEvidence } from "../../src/ranker/KeptPaths.ts";
import { undoAll } from "./undo.ts";
import { writeEvidence } from "./writeEvidence.ts";

// Here and not where things are taken: this file alone runs anew for each test file, and an afterAll that is met in a
// test is never called.
afterAll(undoAll);

// Evidence holds nothing that is equal or not: it is compared by all that it says.
expect.addEqualityTesters([
  function sayTheSame(a, b) {
    if (!(a instanceof PathEvidence && b instanceof PathEvidence)) return undefined;
    return this.equals(writeEvidence(a), writeEvidence(b));
  },
]);
