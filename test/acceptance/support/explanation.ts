import { expect } from "vitest";
import type { Client, Json } from "./openClient.ts";

/** All that an explanation says, with every path that it keeps. */
export const EXPLANATION = `
  item { key name } score rank bias sentence explainedFraction
  components { kind weight value otherEvidence otherEvidenceCount }
  evidence(first: 500) { component attention contribution deltaIfRemoved sentence
    path { length steps { kind direction from { key name } to { key name } relation { key }
      triple { id head { key } relation { key } tail { key } } } } }`;

const EXPLAIN = `query ($user: String!, $item: EntityBy!) { explanation(user: $user, item: $item) {
  ${EXPLANATION} whyNot { reason detail scoreGap } counterfactual { id head { key } relation { key } tail { key } } } }`;

/** Explains the item with this key for a user. */
export async function explain(client: Client, user: string, key: string): Promise<Json> {
  return (await client.ask(EXPLAIN, { user, item: { key } })).explanation;
}

const PRECISION = 1e-5;

/** The promise: the score is the bias and all parts, and each part is its evidence and what lies beyond it. */
export function expectSum({ item, score, bias, components, evidence }: Json): void {
  let parts = bias;
  for (const { kind, value, otherEvidence } of components) {
    const own = evidence.filter(({ component }: Json) => component === kind);
    const told = own.reduce((sum: number, { contribution }: Json) => sum + contribution, otherEvidence);
    expect(Math.abs(told - value), `${kind} of ${item.key}`).toBeLessThanOrEqual(PRECISION);
    parts += told;
  }
  expect(Math.abs(parts - score), item.key).toBeLessThanOrEqual(PRECISION);
}

/** Each path leads without a gap to the item, and each of its triples says what its step says. */
export function expectWalk({ item, evidence }: Json): void {
  for (const { path } of evidence) {
    expect(path.steps).toHaveLength(path.length);
    expect(path.steps.at(-1).to.key).toBe(item.key);
    path.steps.forEach((step: Json, place: number) => {
      if (place > 0) expect(step.from.key).toBe(path.steps[place - 1].to.key);
      if (step.kind !== "TRIPLE") {
        expect(step.triple).toBeNull();
        return;
      }
      const ends = [step.from.key, step.to.key];
      const [head, tail] = step.direction === "OUT" ? ends : ends.reverse();
      const said = { head: { key: head }, relation: step.relation, tail: { key: tail } };
      expect(step.triple).toMatchObject(said);
    });
  }
}

/** Ids of the triples on the paths of these explanations, each once. */
export function listTriples(explanations: readonly Json[]): string[] {
  const steps = explanations.flatMap(({ evidence }) => evidence.flatMap(({ path }: Json) => path.steps));
  return [...new Set<string>(steps.flatMap(({ triple }: Json) => triple?.id ?? []))];
}

/** Opens every one of `ids` as a node, and says how many were there. */
export async function countLive(client: Client, ids: readonly string[]): Promise<number> {
  let live = 0;
  for (let at = 0; at < ids.length; at += 100) {
    const { nodes } = await client.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", {
      ids: ids.slice(at, at + 100),
    });
    live += nodes.filter((node: Json, place: number) => node?.id === ids[at + place]).length;
  }
  return live;
}
