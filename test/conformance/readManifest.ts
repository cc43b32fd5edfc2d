import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { Parser, type Term } from "n3";

const MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const KIND = /(N-?Triples|N-?Quads|Turtle|TriG|JSON-?LD)(Positive|Negative)?(Syntax|Eval)/i;

/** One test of a manifest, in the manner of the W3C's suites for RDF syntaxes. */
export interface ManifestTest {
  /** Of the folder, for messages: "turtle/manifest.ttl#IRI_subject". */
  readonly name: string;
  /** "TurtleEval", "NTriplesNegativeSyntax" … */
  readonly kind: string;
  readonly isNegative: boolean;
  readonly action: string;
  /** N-Triples or N-Quads of what the action says; null where only its syntax is tested. */
  readonly result: string | null;
  /** What relative IRIs of the action are relative to. */
  readonly base: string;
}

/** What is in a folder: tests, and the kinds of those that are of no syntax that Whygraph reads. */
export interface Suite {
  readonly tests: readonly ManifestTest[];
  readonly skipped: ReadonlyMap<string, number>;
}

/** Reads all tests of all files called `manifest.ttl` in a folder and those below it. */
export async function readSuite(folder: string): Promise<Suite> {
  const names = await readdir(folder, { recursive: true });
  const tests: ManifestTest[] = [];
  const skipped = new Map<string, number>();
  for (const name of names.filter((one) => /(^|[/\\])manifest\.ttl$/.test(one)).sort()) {
    for (const test of await readManifest(join(folder, name), folder)) {
      if (KIND.test(test.kind)) tests.push(test);
      else skipped.set(test.kind, (skipped.get(test.kind) ?? 0) + 1);
    }
  }
  return { tests, skipped };
}

async function readManifest(file: string, folder: string): Promise<readonly ManifestTest[]> {
  const base = pathToFileURL(file).href;
  const quads = new Parser({ baseIRI: base }).parse(await readFile(file, "utf8"));
  const find = (subject: Term | undefined, predicate: string): readonly Term[] =>
    quads
      .filter((quad) => subject?.equals(quad.subject) && quad.predicate.value === predicate)
      .map(({ object }) => object);
  const entries = quads.filter(({ predicate }) => predicate.value === `${MF}entries`);
  const assumed = quads.find(({ predicate }) => predicate.value === `${MF}assumedTestBase`)?.object.value;
  return entries.flatMap(({ object }) =>
    listItems(object, find).flatMap((entry): ManifestTest[] => {
      const [action] = find(entry, `${MF}action`);
      const [type] = find(entry, `${RDF}type`);
      if (action === undefined || type === undefined) return [];
      const kind = type.value.replace(/^.*#(Test)?/, "");
      const [result] = find(entry, `${MF}result`);
      const local = (term: Term): string =>
        join(dirname(file), decodeURIComponent(term.value.replace(/^.*\//, "")));
      return [
        {
          name: `${relative(folder, dirname(file)) || "."}/${find(entry, `${MF}name`)[0]?.value ?? entry.value}`,
          kind,
          isNegative: kind.includes("Negative"),
          action: local(action),
          result: result === undefined ? null : local(result),
          base: (assumed ?? findBase(entry, kind)) + action.value.replace(/^.*\//, ""),
        },
      ];
    }),
  );
}

/** Manifests before 2023 do not say what is assumed. */
function findBase(entry: Term, kind: string): string {
  if (/^https?:/.test(entry.value)) return entry.value.replace(/[^/]*$/, "");
  return `http://www.w3.org/2013/${kind.startsWith("Tri") ? "TriGTests" : "TurtleTests"}/`;
}

function listItems(list: Term, find: (subject: Term, predicate: string) => readonly Term[]): readonly Term[] {
  const items: Term[] = [];
  for (
    let rest: Term | undefined = list;
    rest && rest.value !== `${RDF}nil`;
    [rest] = find(rest, `${RDF}rest`)
  ) {
    items.push(...find(rest, `${RDF}first`));
  }
  return items;
}
