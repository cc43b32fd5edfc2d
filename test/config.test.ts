import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { readConfig, SETTINGS } from "../src/config.ts";
import { DEFAULT_LIMITS, LIMIT_SETTINGS } from "../src/limits.ts";
import { MEMORY_SETTINGS } from "../src/memory.ts";
import { OPERATING_SETTINGS } from "../src/operating.ts";
import { BACKENDS } from "../src/ranker/backend.ts";

it("serves on loopback from .data where nothing is set, or all is empty", () => {
  const defaults = {
    ...{ databaseUrl: null, host: "127.0.0.1", port: 4000, dataFolder: resolve(".data"), demo: true },
    ...{
      ...{ openReading: true, localOnly: true },
      memory: { reads: "memory", mostEntities: 1_000_000, lists: 200, answerBytes: 33_554_432 },
      documents: { file: null, mode: "off", automatic: true },
      backend: "auto",
      modelFolder: null,
      trainingLog: null,
    },
    ...{ tokens: null, corsOrigins: [], limits: DEFAULT_LIMITS, introspection: true },
    operating: {
      log: { level: "info", format: "text", slowMs: 1_000, variables: false },
      operations: 100,
      traces: false,
      drain: { delayMs: 0, mostMs: 10_000 },
    },
    embeddings: { url: null, model: null, key: null, perMinute: null },
    extraction: { url: null, model: null, key: null },
  };
  expect(readConfig({})).toEqual(defaults);
  expect(readConfig(Object.fromEntries(SETTINGS.map((name) => [name, ""])))).toEqual(defaults);
});

it("names all faulty settings at once, with their values", () => {
  const faulty = { PORT: "70000", WHYGRAPH_DEMO: "yes", DATABASE_URL: "mysql://x", HOST: "a b" };
  expect(() => readConfig(faulty)).toThrow(
    'HOST is "a b", expected a host name or an IP address; ' +
      'DATABASE_URL is "mysql://x", expected postgres://user:password@host:port/database; ' +
      'PORT is "70000", expected a port from 0 (any free one) to 65535; ' +
      'WHYGRAPH_DEMO is "yes", expected on or off',
  );
});

it("does not repeat a password in a fault", () => {
  expect(() => readConfig({ DATABASE_URL: "mysql://me:secret@db/x" })).toThrow(/^(?!.*secret)/);
});

it("opens reading to all on loopback only, unless told otherwise", () => {
  expect(readConfig({ HOST: "0.0.0.0" }).openReading).toBe(false);
  expect(readConfig({ HOST: "0.0.0.0", WHYGRAPH_READING: "open" }).openReading).toBe(true);
  expect(readConfig({ HOST: "::1" }).openReading).toBe(true);
  expect(readConfig({ WHYGRAPH_READING: "key" }).openReading).toBe(false);
});

it("keeps reading to keys in production, unless told otherwise", () => {
  expect(readConfig({ NODE_ENV: "production" }).openReading).toBe(false);
  expect(readConfig({ NODE_ENV: "production", WHYGRAPH_READING: "open" }).openReading).toBe(true);
  expect(readConfig({ NODE_ENV: "development" }).openReading).toBe(true);
});

it("takes the tokens of an issuer whole, with its keys over https, on loopback or in a file", () => {
  const set = {
    WHYGRAPH_JWT_KEYS: "https://login.example/jwks.json",
    WHYGRAPH_JWT_ISSUER: "https://login.example",
    WHYGRAPH_JWT_AUDIENCE: "whygraph, other",
    WHYGRAPH_JWT_ROLE_CLAIM: "realm_access.roles",
  };
  expect(readConfig(set).tokens).toEqual({
    ...{ keys: "https://login.example/jwks.json", issuer: "https://login.example" },
    ...{ audience: ["whygraph", "other"], algorithms: ["RS256", "ES256", "EdDSA"], clockTolerance: 30 },
    ...{ nameClaim: "sub", roleClaim: "realm_access.roles", scopeClaim: null, userClaim: null },
  });
  const keysOf = (keys: string) => readConfig({ ...set, WHYGRAPH_JWT_KEYS: keys }).tokens?.keys;
  expect(keysOf("http://[::1]:8080/jwks")).toBe("http://[::1]:8080/jwks");
  expect(keysOf("keys.json")).toBe(resolve("keys.json"));
  for (const keys of ["http://login.example/jwks.json", "ftp://login.example", "file:///etc/keys"]) {
    expect(() => keysOf(keys), keys).toThrow(/WHYGRAPH_JWT_KEYS is .*, expected an https address or a file/);
  }
  expect(() => readConfig({ ...set, WHYGRAPH_JWT_AUDIENCE: "" })).toThrow(/tokens are configured in part/);
});

it.each(["HS256", "none", "RS256,HS512", "rs256", ","])(
  "pins no signature with a shared secret: %s",
  (text) => {
    expect(() => readConfig({ WHYGRAPH_JWT_ALGORITHMS: text })).toThrow(/expected some of RS256, RS384/);
  },
);

it("takes origins whose pages may call, each whole and none for all", () => {
  const originsOf = (text: string) => readConfig({ WHYGRAPH_CORS_ORIGINS: text }).corsOrigins;
  expect(originsOf("https://shop.example, http://localhost:5173")).toEqual([
    "https://shop.example",
    "http://localhost:5173",
  ]);
  for (const text of ["*", "https://shop.example/", "shop.example", "https://*.example", "null"]) {
    expect(() => originsOf(text), text).toThrow(/expected origins such as https:\/\/shop.example/);
  }
});

it("takes the name of a compute backend, and no other word", () => {
  expect(readConfig({ WHYGRAPH_BACKEND: "webgpu" }).backend).toBe("webgpu");
  expect(() => readConfig({ WHYGRAPH_BACKEND: "gpu" })).toThrow(
    'WHYGRAPH_BACKEND is "gpu", expected one of auto, tfjs-node-gpu, webgpu, tfjs-node, wasm, cpu',
  );
  for (const backend of BACKENDS) expect(readConfig({ WHYGRAPH_BACKEND: backend }).backend).toBe(backend);
});

it("takes an endpoint of embeddings", () => {
  const set = { WHYGRAPH_EMBEDDINGS_URL: "http://127.0.0.1:1/v1", WHYGRAPH_EMBEDDINGS_PER_MINUTE: "60" };
  expect(readConfig(set).embeddings).toMatchObject({ url: "http://127.0.0.1:1/v1", perMinute: 60 });
  const faulty = { WHYGRAPH_EMBEDDINGS_URL: "ftp://x", WHYGRAPH_EMBEDDINGS_PER_MINUTE: "0" };
  expect(() => readConfig(faulty)).toThrow(
    /URL is "ftp:\/\/x", expected an address.*PER_MINUTE is "0", expected/,
  );
});

it("has every setting in .env.example, and no other", () => {
  const documented = [...readFileSync(".env.example", "utf8").matchAll(/^([A-Z_]+)=/gm)].map(
    ([, name]) => name,
  );
  expect(documented.sort()).toEqual([...SETTINGS].sort());
  const read = [...readFileSync("src/config.ts", "utf8").matchAll(/read\(\s*"([A-Z_]+)"/g)].map(
    ([, name]) => name,
  );
  expect([...read, ...LIMIT_SETTINGS, ...MEMORY_SETTINGS, ...OPERATING_SETTINGS].sort()).toEqual(
    [...SETTINGS].sort(),
  );
});

it("limits what is asked for, and budgets it in production", () => {
  const set = { WHYGRAPH_LIMIT_DEPTH: "9", WHYGRAPH_BUDGET: "500", WHYGRAPH_BUDGET_ANONYMOUS: "off" };
  expect(readConfig(set).limits).toEqual({ ...DEFAULT_LIMITS, depth: 9, budget: 500 });
  const production = readConfig({ NODE_ENV: "production" });
  expect(production.limits).toEqual({ ...DEFAULT_LIMITS, budget: 60_000, anonymousBudget: 6_000 });
  expect(production.introspection).toBe(false);
  expect(() => readConfig({ WHYGRAPH_LIMIT_DEPTH: "0", WHYGRAPH_BUDGET: "none" })).toThrow(
    'WHYGRAPH_LIMIT_DEPTH is "0", expected a number from 1 to 100; WHYGRAPH_BUDGET is "none", expected off or a cost per minute from 1',
  );
});

it("logs for machines in production, for people otherwise, and takes names of operations or a number", () => {
  expect(readConfig({ NODE_ENV: "production" }).operating.log.format).toBe("json");
  const set = {
    ...{ WHYGRAPH_LOG_LEVEL: "debug", WHYGRAPH_LOG_FORMAT: "json", WHYGRAPH_LOG_SLOW_MS: "250" },
    ...{ WHYGRAPH_LOG_VARIABLES: "on", WHYGRAPH_METRICS_OPERATIONS: "Home, Search" },
    ...{ WHYGRAPH_DRAIN_DELAY_SECONDS: "5", WHYGRAPH_DRAIN_SECONDS: "20" },
  };
  expect(readConfig(set).operating).toEqual({
    log: { level: "debug", format: "json", slowMs: 250, variables: true },
    operations: ["Home", "Search"],
    traces: false,
    drain: { delayMs: 5_000, mostMs: 20_000 },
  });
  expect(readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" }).operating.traces).toBe(true);
  expect(() => readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: "localhost" })).toThrow("expected an address");
  expect(readConfig({ WHYGRAPH_METRICS_OPERATIONS: "7" }).operating.operations).toBe(7);
  for (const faulty of ["1001", "Home,", "no-name"]) {
    expect(() => readConfig({ WHYGRAPH_METRICS_OPERATIONS: faulty })).toThrow("names with commas between");
  }
});
