import { DomainError } from "../../errors.ts";

/** DEV is for building rules and for calibrating; TEST is for what is reported. */
export type Half = "dev" | "test";

/** A sentence with the triples that it states: "head | relation | tail", a new end as "?type:name". */
export interface LabelledSentence {
  readonly half: Half;
  readonly text: string;
  readonly triples: readonly string[];
}

/** A question with the keys of its answers, or their number; null: not to be understood. */
export interface LabelledQuestion {
  readonly half: Half;
  readonly question: string;
  readonly answers: readonly string[] | number | null;
}

/** Reads lines of half, text, and triples with "; " between. @throws {DomainError} BAD_USER_INPUT naming the line */
export function readSentences(file: string): LabelledSentence[] {
  return readLines(file, ["half", "text", "triples"]).map(([half, text, triples]) => ({
    ...{ half: half as Half, text, triples: triples === "" ? [] : triples.split("; ") },
  }));
}

/** Reads lines of half, question, and answers. @throws {DomainError} BAD_USER_INPUT naming the line */
export function readQuestions(file: string): LabelledQuestion[] {
  return readLines(file, ["half", "question", "answers"]).map(([half, question, answers]) => ({
    ...{ half: half as Half, question, answers: readAnswers(answers) },
  }));
}

function readAnswers(answers: string): LabelledQuestion["answers"] {
  if (answers === "not understood") return null;
  return /^\d+$/.test(answers) ? Number(answers) : answers.split(" ");
}

function readLines(file: string, columns: readonly string[]): string[][] {
  const [header, ...lines] = file.replace(/\n$/, "").split("\n");
  if (header !== columns.join("\t")) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `line 1 is ${JSON.stringify(header)}; expected the columns ${columns.join(", ")}, with tabs between`,
    );
  }
  return lines.map((line, at) => {
    const cells = line.split("\t");
    if (cells.length === columns.length && ["dev", "test"].includes(cells[0])) return cells;
    throw new DomainError(
      "BAD_USER_INPUT",
      `line ${at + 2} is ${JSON.stringify(line.slice(0, 100))}; expected dev or test, and ${columns.length} cells`,
    );
  });
}
