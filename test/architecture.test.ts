import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { migrations } from "../migrations/index.ts";

interface Import {
  /** A path from the root for a file of ours, the package's name otherwise. */
  readonly target: string;
  readonly typeOnly: boolean;
}

interface Rule {
  /** Folders and packages whose values may be imported, besides the folder itself and Node. */
  readonly values: readonly string[];
  /** Folders and files of which only types may be imported. */
  readonly types: readonly string[];
}

/** What may be asked of a viewer, wherever it is asked. */
const ACCESS = ["src/access/assertAllowed.ts", "src/access/scopes.ts", "src/access/types.ts"];

// The table of design.md; what is not listed is forbidden.
const RULES: Readonly<Record<string, Rule>> = {
  "src/errors.ts": { values: [], types: [] },
  "src/ownFiles.ts": { values: [], types: [] },
  "src/config.ts": {
    values: ["src/errors.ts", "src/limits.ts", "src/memory.ts", "src/operating.ts"],
    types: ["src/ranker/backend.ts", "src/access/token/types.ts"],
  },
  "src/limits.ts": { values: [], types: [] },
  "src/memory.ts": { values: [], types: [] },
  "src/operating.ts": { values: [], types: [] },
  "src/outOfReach.ts": { values: [], types: [] },
  "src/fieldsOf.ts": { values: [], types: ["graphql"] },
  "src/access": { values: ["jose", "src/errors.ts"], types: ["src/kg/types.ts"] },
  "src/kg": {
    values: [
      ...[
        "typeorm",
        "pg",
        "pg-copy-streams",
        "dataloader",
        "n3",
        "re2js",
        "jsonld",
        "hyparquet",
        "hyparquet-compressors",
        "lru-cache",
      ],
      ...["src/errors.ts", "migrations"],
    ],
    types: ["src/context.ts"],
  },
  migrations: { values: ["typeorm"], types: ["typeorm"] },
  "src/ranker": {
    values: ["@tensorflow", "webgpu", "@huggingface/transformers", "src/errors.ts"], // only backend.ts: see below
    types: ["src/kg/types.ts"],
  },
  "src/text": { values: ["compromise", "src/errors.ts"], types: ["src/kg/types.ts"] },
  "src/reader": {
    values: ["src/errors.ts", "src/kg", "src/ranker/text/endpoint", "src/text"],
    types: ["src/context.ts", "src/config.ts"],
  },
  "src/recommend": { values: ["src/errors.ts"], types: ["src/kg/types.ts", "src/ranker/types.ts"] },
  "src/sentence": {
    values: ["intl-messageformat"],
    types: ["src/kg/types.ts", "src/ranker/types.ts", "src/recommend/types.ts"],
  },
  "src/schema": {
    values: [
      "graphql",
      "type-graphql",
      "graphql-scalars",
      "reflect-metadata",
      "src/errors.ts",
      "src/resolvers",
      ...ACCESS,
    ],
    types: [
      ...["src/kg/types.ts", "src/ranker/types.ts", "src/recommend/types.ts", "src/text/types.ts"],
      "src/context.ts",
    ],
  },
  "src/resolvers": {
    values: [
      ...["graphql", "type-graphql", "src/errors.ts", "src/fieldsOf.ts", "src/schema", "src/sentence"],
      ...ACCESS,
    ],
    types: [
      ...["src/kg/types.ts", "src/ranker/types.ts", "src/recommend/types.ts", "src/text/types.ts"],
      "src/context.ts",
    ],
  },
  "src/context.ts": {
    values: [],
    types: [
      ...["dataloader", "src/kg/types.ts", "src/ranker/types.ts", "src/recommend/types.ts"],
      ...["src/text/types.ts", "src/access/types.ts"],
    ],
  },
  "src/models": {
    values: ["src/openLiveCounts.ts", "src/errors.ts", "src/kg", "src/ranker"],
    types: ["src/context.ts"],
  },
  "src/jobs": {
    values: [
      "src/errors.ts",
      "src/config.ts",
      "src/ownFiles.ts",
      "src/kg",
      "src/ranker",
      "src/trainModel.ts",
    ],
    types: [],
  },
  "src/live": {
    values: ["src/kg"],
    types: ["src/context.ts", "src/models", "src/recommend/types.ts"],
  },
  "src/replay": {
    values: ["src/errors.ts", "src/kg", "src/ranker", "src/recommend"],
    types: ["src/context.ts", "src/models"],
  },
  "src/impact": {
    values: ["src/errors.ts", "src/kg", "src/ranker", "src/recommend"],
    types: ["src/context.ts", "src/models"],
  },
  "src/server": {
    values: [
      ...[
        "@apollo/server",
        "graphql",
        "graphql-ws",
        "graphql-sse",
        "ws",
        "cli-progress",
        "negotiator",
        "prom-client",
        "pino",
        "pino-pretty",
        "@opentelemetry",
        "src/outOfReach.ts",
        "src/fieldsOf.ts",
      ],
      "graphql-jit",
      ...["src/errors.ts", "src/access/AccessError.ts", "src/limits.ts", "lru-cache"],
    ],
    types: ["src/context.ts", "src/reader/reconcile/types.ts", "src/schema/costs.ts"],
  },
};
/** They compose the rest; nobody else may import them. */
const COMPOSITION = ["src/app.ts", "src/openMetrics.ts", "src/main.ts", "src/cli.ts", "src/commands"];

const FILES = [...list("src"), ...list("migrations")];
const IMPORTS = new Map(FILES.map((file) => [file, readImports(file)]));

describe("imports", () => {
  for (const [folder, rule] of Object.entries(RULES)) {
    it(`of ${folder} are those that the design allows`, () => {
      const forbidden = FILES.filter((file) => isIn(file, folder)).flatMap((file) =>
        importsOf(file)
          .filter(({ target, typeOnly }) => !isAllowed(target, typeOnly, folder, rule))
          .map(({ target, typeOnly }) => `${file} imports ${typeOnly ? "types of " : ""}${target}`),
      );
      expect(forbidden).toEqual([]);
    });
  }

  it("of the composition come from the composition only", () => {
    const intruders = FILES.filter((file) => !isInAny(file, COMPOSITION)).flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => isInAny(target, COMPOSITION))
        .map(({ target }) => `${file} imports ${target}`),
    );
    expect(intruders).toEqual([]);
  });

  it("go round in no circle, types included where they cross folders", () => {
    expect(findCycle()).toEqual([]);
  });

  it("lead to files that exist", () => {
    const missing = FILES.flatMap((file) => importsOf(file))
      .map(({ target }) => target)
      .filter((target) => /^(src|migrations|demo|test)\//.test(target) && !existsSync(target));
    expect(missing).toEqual([]);
  });
});

it("names the bindings of TensorFlow.js in backend.ts only, save for types", () => {
  const namers = FILES.filter((file) =>
    importsOf(file).some(({ target, typeOnly }) => !typeOnly && isInAny(target, ["@tensorflow", "webgpu"])),
  );
  expect(namers).toEqual(["src/ranker/backend.ts"]);
});

it("reads the environment in config.ts only", () => {
  const readers = FILES.filter((file) =>
    /process\s*\.\s*env\b|process\s*\[/.test(readFileSync(file, "utf8")),
  );
  expect(readers).toEqual(["src/config.ts"]);
});

it("installs one copy of graphql", () => {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const copies = Object.keys(lock.packages).filter((path) => /(^|\/)node_modules\/graphql$/.test(path));
  expect(copies).toEqual(["node_modules/graphql"]);
});

it("lists every migration, oldest first", () => {
  const stamps = readdirSync("migrations")
    .map((name) => /^(\d+)-/.exec(name)?.[1])
    .filter((stamp) => stamp !== undefined)
    .sort();
  expect(migrations.map(({ name }) => /(\d+)$/.exec(name)?.[1])).toEqual(stamps);
});

it("splits a file before it passes 300 lines", () => {
  const files = FILES.filter((file) => !file.endsWith("/types.ts")); // a seam is read as a whole
  const long = files.filter((file) => readFileSync(file, "utf8").split("\n").length > 300);
  expect(long).toEqual([]);
});

function isAllowed(target: string, typeOnly: boolean, folder: string, rule: Rule): boolean {
  if (target.startsWith("node:") || isIn(target, folder) || isInAny(target, rule.values)) return true;
  return typeOnly && isInAny(target, rule.types);
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function isInAny(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => isIn(path, folder));
}

function importsOf(file: string): readonly Import[] {
  return IMPORTS.get(file) ?? [];
}

function list(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name))
    .sort();
}

/** All imports and re-exports of a file, dynamic ones too. */
function readImports(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) found.push(makeImport(file, node.moduleSpecifier, isTypeOnly(node)));
    if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      found.push(makeImport(file, node.moduleSpecifier, node.isTypeOnly));
    }
    const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
    if (isCall && node.arguments.length > 0) found.push(makeImport(file, node.arguments[0], false));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnly({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  const names = importClause.namedBindings;
  const allTypes = names && ts.isNamedImports(names) && names.elements.every((element) => element.isTypeOnly);
  return importClause.isTypeOnly || (!importClause.name && allTypes === true);
}

function makeImport(file: string, specifier: ts.Node, typeOnly: boolean): Import {
  if (!ts.isStringLiteralLike(specifier))
    throw new Error(`${file} imports a computed name; expected a literal`);
  const { text } = specifier;
  if (text.startsWith(".")) return { target: normalize(join(dirname(file), text)), typeOnly };
  if (builtinModules.includes(text)) return { target: `node:${text}`, typeOnly };
  return { target: text, typeOnly };
}

/** Gives the files of the first circle found, in order. */
function findCycle(): string[] {
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): string[] => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const { target, typeOnly } of importsOf(file)) {
      const sameFolder = dirname(target) === dirname(file);
      if (sameFolder && (typeOnly || isIn(file, "src/schema"))) continue; // GraphQL types name each other, in thunks
      const cycle = walk(target, [...trail, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  for (const file of FILES) {
    const cycle = walk(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
