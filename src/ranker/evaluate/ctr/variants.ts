import type { Variant } from "./fitAdditive.ts";
import { NEWCOMER, POPULARITY } from "./measureMasses.ts";

/** A row of the table: what it may use, and of which graph. */
export interface CtrVariant extends Variant {
  readonly shuffled: boolean;
}

const isBehaviour = (group: string): boolean => /^users(, users)*$/.test(group);
const isOfItem = (group: string): boolean => group === POPULARITY || group === NEWCOMER;
const all = { concave: true, shuffled: false, allows: () => true };

/** The model, and what stays of it when a part is taken away. */
export const WHYGRAPH: CtrVariant = { ...all, name: "whygraph" };
export const ABLATIONS: readonly CtrVariant[] = [
  { ...all, name: "whygraph-no-newcomer", allows: (group) => group !== NEWCOMER },
  { ...all, name: "whygraph-no-graph", allows: (group) => isBehaviour(group) || isOfItem(group) },
  { ...all, name: "whygraph-shuffled-graph", shuffled: true },
  {
    ...all,
    name: "whygraph-no-users",
    allows: (group) => !group.startsWith("users") && !group.endsWith("users"),
  },
  { ...all, name: "whygraph-linear", concave: false },
  { ...all, name: "whygraph-item-alone", allows: isOfItem },
];
