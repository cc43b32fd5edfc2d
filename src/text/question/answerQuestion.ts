import type { Reader } from "../extract/extractTriples.ts";
import type { QuestionAnswer, QuestionResult } from "../types.ts";
import { findForm } from "./findForm.ts";
import { type QuestionParts, readQuestion } from "./readQuestion.ts";
import { runForm } from "./runForm.ts";
import { tellForm } from "./tellForm.ts";

/**
 * Answers a question of one or two hops, in English or by aliases in Chinese: the entities that it names, the
 * relations that its words mean, the type that it asks for make a logical form, which is walked over the graph. A
 * question with a word that means nothing here is not answered: the result says which.
 */
export function answerQuestion(question: string, first: number, reader: Reader): QuestionResult {
  const parts = readQuestion(question, reader);
  const form = parts.unknownWords.length > 0 ? null : findForm(parts, reader.graph);
  const understood = tellParts(parts, reader);
  const { isCount, unknownWords } = parts;
  const read = { question, understood, unknownWords, isCount };
  if (!form) return { ...read, interpretation: null, totalCount: 0, isComplete: true, answers: [] };
  const { answers, isComplete } = runForm(form, reader.graph);
  const anchors = new Set(form.chains.map(({ anchor }) => anchor.id));
  const found = [...answers].flatMap(([id, paths]): QuestionAnswer[] => {
    const entity = reader.gazetteer.entity(id);
    return entity && !(parts.isOther && anchors.has(id)) ? [{ entity, paths }] : [];
  });
  found.sort(
    (a, b) => a.entity.name.localeCompare(b.entity.name, "en") || Number(a.entity.id) - Number(b.entity.id),
  );
  return {
    ...{ ...read, interpretation: tellForm(form, parts), isComplete },
    ...{ totalCount: found.length, answers: found.slice(0, first) },
  };
}

function tellParts({ anchors, cues }: QuestionParts, { graph }: Reader): string[] {
  const told = [
    ...anchors.map(({ quote, start, candidates }) => ({
      start,
      text: `${quote}: ${candidates.map(({ entity }) => `${entity.type.replace(/_/g, " ")} ${entity.name}`).join(", or ")}`,
    })),
    ...cues.map(({ quote, start, relations, types }) => {
      const labels = graph.relations.filter(({ id }) => relations.has(id)).map(({ label }) => label);
      return { start, text: `${quote}: ${[...labels, ...types].join(", or ").replace(/_/g, " ")}` };
    }),
  ];
  return told.sort((a, b) => a.start - b.start).map(({ text }) => text);
}
