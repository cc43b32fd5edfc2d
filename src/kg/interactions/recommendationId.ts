import { randomUUID } from "node:crypto";
import type { Revision } from "../types.ts";

/** What an answer was made with, so that what comes of it can be counted. */
export interface AnswerOrigin {
  readonly model: string;
  readonly revision: Revision;
  readonly scenario: { readonly key: string; readonly version: number } | null;
}

/** An answer as its id tells it. */
export interface NamedAnswer extends AnswerOrigin {
  /** When it was given, in milliseconds. */
  readonly at: number;
}

const PREFIX = "r1.";
const LONGEST = 1_500; // a scenario's key may have 512 characters
const NUMBER = /^\d{1,18}$/;

/** Names an answer: an id of its own that tells what it was made with, so that no answer has to be stored. */
export function packRecommendationId({ model, revision, scenario }: AnswerOrigin): string {
  const told = [randomUUID(), model, revision, scenario?.key ?? null, scenario?.version ?? null, Date.now()];
  return PREFIX + Buffer.from(JSON.stringify(told)).toString("base64url");
}

/** Reads what `packRecommendationId` packed; null for anything else. */
export function readRecommendationId(id: string): NamedAnswer | null {
  if (!id.startsWith(PREFIX) || id.length > LONGEST) return null;
  try {
    const told = JSON.parse(Buffer.from(id.slice(PREFIX.length), "base64url").toString());
    const [nonce, model, revision, key, version, at] = told;
    if (![nonce, model, revision].every((text) => typeof text === "string")) return null;
    if (![model, revision].every((text) => NUMBER.test(text))) return null;
    if (!Number.isSafeInteger(at) || at < 0 || at > 8.64e15) return null;
    if (key === null && version === null) return { model, revision, scenario: null, at };
    const sound = typeof key === "string" && !/[\0\p{Surrogate}]/u.test(key) && Number.isInteger(version);
    return sound && version > 0 && version < 2 ** 31
      ? { model, revision, scenario: { key, version }, at }
      : null;
  } catch {
    return null;
  }
}
