import "reflect-metadata";
import { afterAll } from "vitest";
import { undoAll } from "./undo.ts";

// Here and not where things are taken: this file alone runs anew for each test file, and an afterAll that is met in a
// test is never called.
afterAll(undoAll);
