import { readFileSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { buildProgram } from "../../src/commands/buildProgram.ts";
import { makeDataFolder, runWhygraph } from "../support/server.ts";

vi.setConfig({ testTimeout: 180_000 }); // real processes, on machines with little to spare

it("has the commands of the manual, each with a description and examples", () => {
  const program = buildProgram();
  const names = [
    "serve",
    "import",
    "import-shapes",
    "export",
    "encode",
    "vectors",
    "train",
    "embed",
    "models",
    "evaluate",
    "audit",
    "validate",
    "plot",
    "extract",
    "answer",
    "keys",
    "print-schema",
  ];
  expect(program.commands.map((command) => command.name())).toEqual(names);
  for (const command of program.commands) {
    let help = "";
    command.configureOutput({ writeOut: (text) => (help += text) });
    command.outputHelp();
    expect(help, command.name()).toMatch(new RegExp(`Examples:[\\s\\S]*whygraph ${command.name()}`));
    expect(command.description()).not.toBe("");
  }
});

it.each([
  [["improt", "x"], /^whygraph: unknown command 'improt' \(Did you mean import\?\); see whygraph help\n$/],
  [["serve", "--prot", "3"], /^whygraph: unknown option '--prot'.*\n$/],
  [["import"], /^whygraph: missing required argument 'path'.*\n$/],
  [
    ["keys", "create", "--name", "a", "--role", "BOSS"],
    /^whygraph: --role is "BOSS", expected one of VIEWER, CURATOR, ADMIN\n$/,
  ],
  [[], /\nwhygraph: no command is given; expected one of those above\n$/],
])("answers %j with one line and exit code 2", async (args, message) => {
  const { code, stdout, stderr } = await runWhygraph(args, {});
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(message);
});

it("answers help with exit code 0 on stdout", async () => {
  const all = await runWhygraph(["help"], {});
  expect(all).toMatchObject({ code: 0, stderr: "" });
  expect(all.stdout).toContain("Exit codes: 0 done, 1 failed, 2 called wrongly");
  const one = await runWhygraph(["help", "import"], {});
  expect(one).toMatchObject({ code: 0, stderr: "" });
  expect(one.stdout).toContain("whygraph import");
});

it("names a faulty setting, as JSON on stdout with --json", async () => {
  const { code, stdout, stderr } = await runWhygraph(["keys", "list", "--json"], { PORT: "x" });
  const message = 'PORT is "x", expected a port from 0 (any free one) to 65535';
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({ error: { code: "CONFIGURATION", message } });
  expect(stderr).toBe(`whygraph: ${message}\n`);
});

it("names the database that it cannot reach, without its password", async () => {
  const { code, stderr } = await runWhygraph(["keys", "list"], {
    DATABASE_URL: "postgres://me:secret@127.0.0.1:1/films",
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^whygraph: cannot open the database postgres:\/\/me:…@127\.0\.0\.1:1\/films: .*ECONNREFUSED.*\n$/,
  );
});

it("makes, lists and revokes keys", async () => {
  const env = { WHYGRAPH_DATA: await makeDataFolder() };
  const made = await runWhygraph(["keys", "create", "--name", "anna", "--role", "curator", "--json"], env);
  expect(JSON.parse(made.stdout)).toMatchObject({
    name: "anna",
    role: "CURATOR",
    key: expect.stringMatching(/^wg_/),
  });
  const twice = await runWhygraph(["keys", "create", "--name", "anna", "--role", "ADMIN"], env);
  expect(twice).toMatchObject({ code: 1, stdout: "" });
  expect((await runWhygraph(["keys", "revoke", "anna"], env)).code).toBe(0);
  const limits = ["--scopes", "recommend:read", "--users", "shop-a:*,ann", "--expires", "P90D"];
  const limited = await runWhygraph(["keys", "create", "--name", "shop", "--role", "VIEWER", ...limits], env);
  expect(limited.stdout).toMatch(/^wg_\S+\nIt is shown this once/);
  const listed = await runWhygraph(["keys", "list"], env);
  expect(listed.stdout.split("\n")).toEqual([
    expect.stringMatching(/^anna +CURATOR +\S+ +revoked \S+ +never used$/),
    expect.stringMatching(
      /^shop +VIEWER +\S+ +valid until \S+ +never used +scopes recommend:read +users shop-a:\*,ann$/,
    ),
    "",
  ]);
});

it("prints the schema that is checked in", async () => {
  const { code, stdout } = await runWhygraph(["print-schema"], {});
  expect([code, stdout]).toEqual([0, readFileSync("schema.graphql", "utf8")]);
});
