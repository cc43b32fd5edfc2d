import type { QuestionResult } from "../types.ts";
import type { LabelledQuestion } from "./labelledSet.ts";

/** What answers questions; all answers are asked for. */
export type Answer = (question: string) => Promise<QuestionResult>;

/** Questions of one kind, and how many were answered as expected. */
export interface AnswerCount {
  /** "English", "Chinese", "all". */
  readonly kind: string;
  readonly questions: number;
  readonly right: number;
  readonly accuracy: number;
}

/** What came of asking labelled questions. */
export interface AnswerReport {
  readonly counts: readonly AnswerCount[];
  readonly misses: readonly { readonly question: string; readonly expected: string; readonly got: string }[];
}

/** Asks labelled questions. Right is exactly the expected set, or number; not to understand what cannot be is right too. */
export async function judgeAnswers(
  questions: readonly LabelledQuestion[],
  answer: Answer,
): Promise<AnswerReport> {
  const judged: { readonly chinese: boolean; readonly right: boolean }[] = [];
  const misses: AnswerReport["misses"][number][] = [];
  for (const { question, answers } of questions) {
    const result = await answer(question);
    const expected = describe(answers);
    const got = describe(answersOf(result));
    const right = expected === got;
    judged.push({ chinese: /\p{Script=Han}/u.test(question), right });
    if (!right) {
      const unknown = result.unknownWords.length > 0 ? ` (${result.unknownWords.join(", ")})` : "";
      misses.push({
        question,
        expected,
        got: `${got}${unknown}; ${result.interpretation ?? result.understood.join("; ")}`,
      });
    }
  }
  const count = (kind: string, of: typeof judged): AnswerCount => {
    const right = of.filter((one) => one.right).length;
    return { kind, questions: of.length, right, accuracy: of.length === 0 ? 0 : right / of.length };
  };
  const counts = [
    count(
      "English",
      judged.filter(({ chinese }) => !chinese),
    ),
    count(
      "Chinese",
      judged.filter(({ chinese }) => chinese),
    ),
    count("all", judged),
  ];
  return { counts, misses };
}

function answersOf({
  interpretation,
  isCount,
  totalCount,
  answers,
}: QuestionResult): LabelledQuestion["answers"] {
  if (interpretation === null) return null;
  return isCount ? totalCount : answers.map(({ entity }) => entity.key);
}

function describe(answers: LabelledQuestion["answers"]): string {
  if (answers === null) return "not understood";
  return typeof answers === "number" ? String(answers) : [...answers].sort().join(" ");
}
