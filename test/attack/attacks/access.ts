import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { post, tell } from "../ask.ts";
import type { Attack, Outcome, Target } from "../types.ts";

const WHO = "{viewer{name role authenticated}}";

async function comeAs(target: Target, token: string): Promise<Outcome> {
  const reply = await post(target, { query: WHO }, { key: token });
  return { succeeded: /"authenticated":true/.test(reply.text) || reply.status >= 500, told: tell(reply) };
}

const TOKENS: readonly (readonly [keyof Target["tokens"], string])[] = [
  ["unsigned", "a token of the algorithm none"],
  ["confused", "the public key taken for a shared secret"],
  ["stranger", "a key of the attacker under the right name"],
  ["elsewhere", "a token that was made for another service"],
  ["expired", "a token of last year"],
];

const FORBIDDEN = [
  'deleteEntity(input:{by:{key:"%"},cascade:true}){problems{code}}',
  'forgetUser(user:"%"){forgotten}',
  "trainModel(input:{dryRun:true}){problems{code}}",
];

/** What access can do. */
export const ACCESS_ATTACKS: readonly Attack[] = [
  ...TOKENS.map(
    ([kind, aim]): Attack => ({
      name: `token: ${kind}`,
      aim,
      run: (target) => comeAs(target, target.tokens[kind]()),
    }),
  ),
  {
    name: "key injection",
    aim: "to come in by SQL, or by nothing, in place of a key",
    run: async (target) => {
      for (const key of [
        "' or true --",
        "wg_%",
        "null",
        "undefined",
        `${target.keys.admin.slice(0, -1)}_`,
        target.keys.admin.toUpperCase(),
      ]) {
        const outcome = await comeAs(target, key);
        if (outcome.succeeded) return outcome;
      }
      return { succeeded: false, told: "refused" };
    },
  },
  {
    name: "mutations of a viewer",
    aim: "changes by aliases and fragments, with a key that may only read",
    run: async (target) => {
      const replies = await Promise.all(
        FORBIDDEN.map((field, i) =>
          post(target, { query: `mutation{...F} fragment F on Mutation{a${i}:${field}}` }),
        ),
      );
      const done = replies.find(({ text }) => /"data":\{"a\d":\{/.test(text));
      return { succeeded: done !== undefined, told: tell(done ?? replies[0]) };
    },
  },
  {
    name: "import bomb",
    aim: "100 MB without a line break out of 500 kB, into the import",
    only: ["whygraph"],
    run: async ({ databaseUrl }) => {
      const folder = await mkdtemp(join(tmpdir(), "whygraph-bomb-"));
      try {
        const part = Buffer.alloc(1_048_576, "x");
        const parts = Readable.from(Array.from({ length: 100 }, () => part));
        await pipeline(parts, createGzip({ level: 1 }), createWriteStream(join(folder, "entities.tsv.gz")));
        await writeFile(join(folder, "triples.tsv"), "head\trelation\ttail\n");
        const child = spawn(
          process.execPath,
          ["--max-old-space-size=192", "dist/src/cli.js", "import", folder],
          {
            env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", DATABASE_URL: databaseUrl },
            stdio: ["ignore", "pipe", "pipe"],
          },
        );
        let said = "";
        for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
        const patience = setTimeout(() => child.kill("SIGKILL"), 100_000);
        const [code, signal] = await once(child, "close");
        clearTimeout(patience);
        const told = said.trim().split("\n").at(-1)?.slice(0, 80) ?? "";
        return {
          succeeded: signal !== null || /heap|out of memory/i.test(said),
          told: `exit ${code ?? signal}: ${told}`,
        };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  },
];
