import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { importData } from "../../src/kg/import/importData.ts";
import { judgeAnswers } from "../../src/text/evaluate/judgeAnswers.ts";
import { judgeExtraction } from "../../src/text/evaluate/judgeExtraction.ts";
import {
  type LabelledQuestion,
  type LabelledSentence,
  readQuestions,
  readSentences,
} from "../../src/text/evaluate/labelledSet.ts";
import { extractTriples, type Reader } from "../../src/text/extract/extractTriples.ts";
import { answerQuestion } from "../../src/text/question/answerQuestion.ts";
import { createTestDatabase } from "../support/database.ts";
import { FILMS } from "../support/demoFilms.ts";
import { openReader } from "./support.ts";

const LABELLED = fileURLToPath(new URL("./labelled/", import.meta.url));

let reader: Reader;
let sentences: readonly LabelledSentence[];
let questions: readonly LabelledQuestion[];
beforeAll(async () => {
  const db = await createTestDatabase();
  const rejects = join(tmpdir(), `whygraph-labelled-rejects-${process.pid}.tsv`);
  for (const path of [FILMS, join(LABELLED, "graph")]) {
    expect((await importData(db, { path, rejects })).rejected).toBe(0);
  }
  reader = await openReader(db);
  sentences = readSentences(await readFile(join(LABELLED, "sentences.tsv"), "utf8"));
  questions = readQuestions(await readFile(join(LABELLED, "questions.tsv"), "utf8"));
});
const isChinese = (text: string) => /\p{Script=Han}/u.test(text);

it("labels enough of each kind", () => {
  expect(sentences.length).toBeGreaterThanOrEqual(100);
  expect(sentences.filter(({ text }) => isChinese(text)).length).toBeGreaterThanOrEqual(15);
  expect(sentences.filter(({ triples }) => triples.length === 0).length).toBeGreaterThanOrEqual(25);
  expect(questions.length).toBeGreaterThanOrEqual(60);
  expect(questions.filter(({ question }) => isChinese(question)).length).toBeGreaterThanOrEqual(15);
});

it("names entities of the graph", () => {
  const keys = new Set([...reader.gazetteer.entities()].map(({ key }) => key));
  const named = [
    ...sentences.flatMap(({ triples }) =>
      triples.flatMap((triple) => triple.split(" | ").filter((_, part) => part !== 1)),
    ),
    ...questions.flatMap(({ answers }) => (Array.isArray(answers) ? answers : [])),
  ];
  expect(named.filter((name) => !name.startsWith("?") && !keys.has(name))).toEqual([]);
});

// What `npm run evaluate:text` printed, less two triples or questions.
it.each([
  { half: "dev", precision: 0.95, recall: 0.95, accuracy: 0.95 },
  { half: "test", precision: 0.95, recall: 0.85, accuracy: 0.9 },
])("reads and answers the $half half as well as is told", async ({ half, precision, recall, accuracy }) => {
  const read = await judgeExtraction(
    sentences.filter((one) => one.half === half),
    async (text) => extractTriples(text, reader),
  );
  const all = read.judgements.at(-1);
  expect(all?.precision).toBeGreaterThanOrEqual(precision);
  expect(all?.recall).toBeGreaterThanOrEqual(recall);
  const answered = await judgeAnswers(
    questions.filter((one) => one.half === half),
    async (question) => answerQuestion(question, 1_000, reader),
  );
  expect(answered.counts.at(-1)?.accuracy).toBeGreaterThanOrEqual(accuracy);
});

it("judges by hand-made readings as arithmetic says", async () => {
  const [right] = extractTriples("Alien was directed by Ridley Scott.", reader);
  const wrong = { ...right, relation: "distributed_by" };
  const set: LabelledSentence[] = [
    {
      half: "dev",
      text: "both",
      triples: ["movie:alien-1979 | directed_by | person:ridley-scott", "a | b | c"],
    },
    { half: "dev", text: "none", triples: [] },
  ];
  const report = await judgeExtraction(set, async (text) => (text === "both" ? [right] : [wrong]));
  // 2 read, 1 right, 2 stated: precision 1/2, recall 1/2, F1 = 2 × ½ × ½ ÷ 1 = ½.
  expect(report.judgements.at(-1)).toMatchObject({
    read: 2,
    right: 1,
    stated: 2,
    precision: 0.5,
    recall: 0.5,
    f1: 0.5,
  });
  expect(report.misses.map(({ text }) => text)).toEqual(["both", "none"]);
});

it("says in words what it took a question for, with a path of triples for each answer", () => {
  const result = answerQuestion("Which films did the director of Alien make?", 3, reader);
  expect(result).toMatchObject({
    interpretation: "films directed by the one who directed Alien",
    ...{ totalCount: 14, isCount: false, isComplete: true, unknownWords: [] },
  });
  const { graph, gazetteer } = reader;
  expect(result.answers.map(({ entity }) => entity.name)).toEqual([
    "A Good Year",
    "Alien",
    "American Gangster",
  ]);
  for (const { entity, paths } of result.answers) {
    expect(paths).toHaveLength(1);
    const [[first, second]] = paths;
    expect(gazetteer.entity(first.from)?.key).toBe("movie:alien-1979");
    expect([first.direction, second.direction]).toEqual(["OUT", "IN"]);
    expect(first.to).toBe(second.from);
    expect(second.to).toBe(entity.id);
    const out = graph.out(graph.indexOf(second.to));
    expect([...out.triple.slice(out.start, out.end)].map(String)).toContain(second.tripleId);
  }
});

it.each([
  ["Which films did the mother of Ridley Scott make?", ["mother"]],
  ["Who composed the music of Alien?", ["composed", "music"]],
  ["What is the airspeed of a swallow?", ["airspeed", "swallow"]],
])("answers %s with the words that it does not know", (question, unknownWords) => {
  const result = answerQuestion(question, 10, reader);
  expect(result).toMatchObject({ interpretation: null, unknownWords, answers: [], totalCount: 0 });
});

it("tells what it understood of a question that it cannot answer", () => {
  const { understood } = answerQuestion("Which films did the mother of Ridley Scott make?", 10, reader);
  expect(understood).toEqual(["films: movie", "Ridley Scott: person Ridley Scott", "make: directed by"]);
});
