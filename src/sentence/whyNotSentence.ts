import type { WhyNot, WhyNotReason } from "../recommend/types.ts";
import type { MessageKey, Say } from "./language.ts";

const MESSAGES: Readonly<Record<WhyNotReason, MessageKey>> = {
  NOT_AN_ITEM: "notAnItem",
  ALREADY_INTERACTED: "alreadyInteracted",
  EXCLUDED_BY_USER: "excludedByUser",
  EXCLUDED_BY_FILTER: "excludedByFilter",
  NO_EVIDENCE: "noEvidence",
  OUTRANKED: "outranked",
};

/** Tells why an item would not be recommended now. */
export function whyNotSentence({ reason, rank, scoreGap, top }: WhyNot, say: Say): string {
  const gap = scoreGap === null ? "none" : scoreGap.toPrecision(3);
  return say(MESSAGES[reason], { rank: rank ?? "none", gap, top });
}
