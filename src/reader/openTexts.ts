import { setImmediate } from "node:timers/promises";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { LiveSnapshot } from "../kg/snapshot/openLiveSnapshot.ts";
import { extractTriples, type Reader, surestOf } from "../text/extract/extractTriples.ts";
import type { RelationWords } from "../text/lexicon/types.ts";
import { type Chat, extractWithModel } from "../text/model/extractWithModel.ts";
import { answerQuestion } from "../text/question/answerQuestion.ts";
import { splitText } from "../text/splitText.ts";
import type { Extraction } from "../text/types.ts";
import { extractLikely } from "./extractLikely.ts";
import type { ReadNames } from "./openGazetteer.ts";

/** Longest text of one extraction, and longest question, in characters. */
const LONGEST_TEXT = 50_000;
const LONGEST_QUESTION = 500;
const PART = 2_000; // characters that are read without letting other requests in

interface Parts {
  readonly snapshot: Pick<LiveSnapshot, "graph">;
  readonly readNames: ReadNames;
  readonly links: Context["links"];
  /** Null where no model is configured. */
  readonly chat: Chat | null;
  readonly words?: readonly RelationWords[];
}

/** Opens the reading of texts over the graph: triples out of them, and answers to questions. */
export function openTexts({ snapshot, readNames, links, chat, words }: Parts): Context["texts"] {
  const openReader = async (): Promise<Reader> => ({
    gazetteer: await readNames(),
    graph: snapshot.graph,
    ...(words ? { words } : {}),
  });
  return {
    async answer(question, first) {
      assertLength("question", question, LONGEST_QUESTION);
      return answerQuestion(question, first, await openReader());
    },
    async extract(text, { methods, likely = 0 } = {}) {
      assertLength("text", text, LONGEST_TEXT);
      const wants = (method: Extraction["method"]) => methods == null || methods.includes(method);
      const reader = await openReader();
      const found: Extraction[] = [];
      for (const { start, quote } of splitText(text, PART)) {
        const read = [
          ...extractTriples(quote, reader).filter(({ method }) => wants(method)),
          ...(chat && wants("MODEL") ? await extractWithModel(quote, reader, chat) : []),
          ...(likely > 0 && wants("LINK_PREDICTION")
            ? await extractLikely(quote, likely, { reader, links })
            : []),
        ];
        found.push(...read.map((extraction) => movedBy(start, extraction)));
        await setImmediate();
      }
      return surestOf(found).sort((a, b) => a.span.start - b.span.start || b.confidence - a.confidence);
    },
  };
}

function movedBy(offset: number, { span, ...extraction }: Extraction): Extraction {
  return { ...extraction, span: { ...span, start: span.start + offset, end: span.end + offset } };
}

function assertLength(what: string, text: string, most: number): void {
  if (text.trim() !== "" && text.length <= most) return;
  const found = text.trim() === "" ? "blank" : `${text.length} characters long`;
  throw new DomainError("BAD_USER_INPUT", `${what} is ${found}; expected 1 to ${most} characters`);
}
