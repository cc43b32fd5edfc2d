import type { OperationDefinitionNode } from "graphql";
import type { CostModel } from "./CostModel.ts";
import { countCost, type Operation } from "./countCost.ts";

const MOST = 8; // of one operation

/** Stands for any text: a cost depends on whether there is one, never on what it says. */
const TEXT = Symbol("text");

/** A cost, and the variables that it was counted from, each as the count knows it. */
interface Counted {
  readonly read: ReadonlyMap<string, unknown>;
  readonly cost: number;
}

/**
 * Makes a `countCost` that counts once what it would count again: for the same operation and the same values of those
 * variables that the count reads, sizes and switches, whatever the others are.
 */
export function rememberCosts(model: CostModel): (operation: Operation) => number {
  const known = new WeakMap<OperationDefinitionNode, Counted[]>();
  return (asked) => {
    const before = known.get(asked.operation) ?? [];
    const found = before.find(({ read }) => agrees(read, asked.variables));
    if (found) return found.cost;
    const read = new Map<string, unknown>();
    const cost = countCost(model, { ...asked, variables: watchVariables(asked.variables, read) });
    if ([...read.values()].every(isShort)) {
      known.set(asked.operation, [{ read, cost }, ...before].slice(0, MOST));
    }
    return cost;
  };
}

/** Numbers, switches and texts; lists and objects are not worth their memory. */
function isShort(value: unknown): boolean {
  return value == null || value === TEXT || typeof value === "number" || typeof value === "boolean";
}

function asCounted(value: unknown): unknown {
  return typeof value === "string" ? TEXT : value;
}

function agrees(read: ReadonlyMap<string, unknown>, variables: Operation["variables"]): boolean {
  for (const [name, value] of read) {
    if (asCounted(variables[name]) !== value || name in variables !== (value !== undefined)) return false;
  }
  return true;
}

/** The same variables; what is read of them is noted. */
function watchVariables(
  variables: Operation["variables"],
  read: Map<string, unknown>,
): Operation["variables"] {
  const note = (name: string | symbol) => {
    if (typeof name === "string") read.set(name, asCounted(variables[name]));
  };
  return new Proxy(variables, {
    get(target, name) {
      note(name);
      return Reflect.get(target, name);
    },
    has(target, name) {
      note(name);
      return Reflect.has(target, name);
    },
    getOwnPropertyDescriptor(target, name) {
      note(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
  });
}
