import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { openDemo } from "../support/openDemo.ts";
import { runWhygraph, startServer } from "../support/server.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What a page tells the reader to run, and the JSON that it says comes back. */
interface Step {
  readonly language: "sh" | "ts";
  readonly code: string;
  /** Null where the page shows no answer. */
  readonly answer: string | null;
}

let env: Record<string, string>;

beforeAll(async () => {
  const database = { DATABASE_URL: await openDemo() };
  const { url } = await startServer(database);
  const makeKey = async (role: string) => {
    const args = ["keys", "create", "--name", role.toLowerCase(), "--role", role, "--json"];
    return JSON.parse((await runWhygraph(args, database)).stdout).key as string;
  };
  env = { ...database, URL: url, KEY: await makeKey("CURATOR"), VIEWER_KEY: await makeKey("VIEWER") };
}, 120_000);

/** The blocks of a page in their order: a `json` block is the answer of the block before it. */
function listSteps(page: string): Step[] {
  const blocks = [...page.matchAll(/```(sh|ts|json)\n([\s\S]*?)```/g)].map(([, language, code]) => ({
    language,
    code,
  }));
  return blocks.flatMap(({ language, code }, at): Step[] => {
    if (language === "json") return [];
    const next = blocks[at + 1];
    const answer = next?.language === "json" ? next.code : null;
    return [{ language: language as Step["language"], code, answer }];
  });
}

/** Runs a block as its reader would, and gives what it printed. */
function run({ language, code }: Step): Promise<string> {
  const [command, ...args] =
    language === "sh"
      ? ["bash", "-euo", "pipefail", "-c", code]
      : [process.execPath, "node_modules/tsx/dist/cli.mjs", "--input-type=module", "--eval", code];
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, ...env } });
    let [out, err] = ["", ""];
    child.stdout.on("data", (part) => {
      out += part;
    });
    child.stderr.on("data", (part) => {
      err += part;
    });
    child.once("error", reject);
    child.once("close", (status) =>
      status === 0 ? resolve(out) : reject(new Error(`${code}\nended with ${status}: ${err}${out}`)),
    );
  });
}

/** Numbers rounded to eight digits: the last bits are the machine's own. */
function round(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toPrecision(8));
  if (Array.isArray(value)) return value.map(round);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, round(part)]));
}

it.each(["docs/frontend.md", "docs/curation.md"])(
  "every example of %s runs, and gives the answer that it shows",
  async (path) => {
    const steps = listSteps(await readFile(`${ROOT}${path}`, "utf8"));
    expect(steps.length).toBeGreaterThan(3);
    for (const step of steps) {
      const printed = await run(step);
      if (step.answer !== null)
        expect(round(JSON.parse(printed)), step.code).toEqual(round(JSON.parse(step.answer)));
    }
  },
  120_000,
);
