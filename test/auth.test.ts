import { describe, expect, it } from "vitest";
import type { KeyNotices } from "../src/access/KeyCache.ts";
import { ROLES } from "../src/access/scopes.ts";
import { makeAuthenticate } from "../src/auth.ts";
import { createFirstKey, createKey, findKeys, revokeKey } from "../src/keys.ts";
import { openLiveSnapshot } from "../src/kg/snapshot/openLiveSnapshot.ts";
import { createTestDatabase } from "./support/database.ts";

const db = await createTestDatabase();
const snapshot = await openLiveSnapshot(db);
const authenticate = makeAuthenticate(db, { openReading: true, notices: snapshot });
const messageOf = (key: string) => authenticate(`Bearer ${key}`).catch((error) => error.message as string);

/** Resolves once Postgres has told that `alter` altered a key. */
async function tellOf<T>(alter: () => Promise<T>): Promise<T> {
  const told = new Promise<void>((resolve) => {
    snapshot.onNotice((notice) => notice?.keys !== undefined && resolve());
  });
  const result = await alter();
  await told;
  return result;
}

it("knows a viewer by a key, whose text it does not keep", async () => {
  const anonymous = await authenticate(undefined);
  expect(anonymous).toMatchObject({ name: "anonymous", role: "VIEWER", authenticated: false });
  expect([...anonymous.scopes]).toEqual(["graph:read", "recommend:read", "metrics:read"]);
  const { key } = await createKey(db, "anna", "CURATOR");
  const viewer = { name: "anna", role: "CURATOR", authenticated: true, scopes: new Set(ROLES.CURATOR) };
  expect(await authenticate(`Bearer ${key}`)).toEqual({ ...viewer, users: null, expiresAt: null });
  expect(await authenticate(`bearer ${key}`)).toMatchObject({ name: "anna" });
  expect(JSON.stringify(await db.query("select * from api_key"))).not.toContain(key);
  await expect(createKey(db, "anna", "ADMIN")).rejects.toThrow(/there is an API key "anna" already/);
});

it("refuses a wrong key, an unknown scheme, and a missing key where reading is not open", async () => {
  await expect(authenticate("Bearer wg_wrong")).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
    status: 401,
  });
  await expect(authenticate("Basic YTpi")).rejects.toThrow(/expected the header authorization: Bearer <key>/);
  await expect(authenticate("")).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  const closed = makeAuthenticate(db, { openReading: false });
  await expect(closed(undefined)).rejects.toThrow(/the request has no API key/);
  await expect(authenticate("Bearer a.b.c")).rejects.toThrow(/the server takes no tokens/);
});

it("tells a revoked, an expired and an unknown key apart to whoever holds it, each as HTTP wants it told", async () => {
  const { key: revoked } = await createKey(db, "rita", "VIEWER");
  await revokeKey(db, "rita");
  const soon = new Date(Date.now() + 60_000);
  const { key: expired } = await createKey(db, "ed", { role: "VIEWER", expiresAt: soon });
  expect(await authenticate(`Bearer ${expired}`)).toMatchObject({ name: "ed", expiresAt: soon });
  await db.query("update api_key set expires_at = clock_timestamp() where name = 'ed'");
  expect(await messageOf(revoked)).toMatch(/^the API key "rita" was revoked at 2/);
  await expect.poll(() => messageOf(expired)).toMatch(/^the API key "ed" expired at 2/);
  expect(await messageOf(`wg_${"x".repeat(43)}`)).toMatch(/^the API key is unknown/);
  const { headers } = await authenticate(`Bearer ${revoked}`).catch((error) => error);
  expect(headers.get("www-authenticate")).toMatch(
    /^Bearer realm="whygraph", error="invalid_token", error_description="the API key 'rita' was revoked at [^"]*"$/,
  );
});

describe("the keys in memory", () => {
  it("cost no statement, be there one request or a thousand", async () => {
    const { key } = await tellOf(() => createKey(db, "kim", "VIEWER"));
    await authenticate(`Bearer ${key}`);
    const before = db.statements;
    for (let i = 0; i < 1_000; i++) await authenticate(`Bearer ${key}`);
    expect(db.statements).toBe(before);
  });

  it("are forgotten as soon as Postgres tells of a revocation", async () => {
    const { key } = await tellOf(() => createKey(db, "nora", "VIEWER"));
    expect(await authenticate(`Bearer ${key}`)).toMatchObject({ name: "nora" });
    await tellOf(() => revokeKey(db, "nora"));
    expect(await messageOf(key)).toMatch(/revoked/);
  });

  it("are the same viewers as before, read again, when Postgres tells of another's", async () => {
    const { key } = await tellOf(() => createKey(db, "uma", "VIEWER"));
    const viewer = await authenticate(`Bearer ${key}`);
    await tellOf(() => createKey(db, "una", "VIEWER"));
    const before = db.statements;
    expect(await authenticate(`Bearer ${key}`)).toBe(viewer);
    expect(db.statements).toBe(before + 1);
    await tellOf(() => db.query("update api_key set role = 'CURATOR' where name = 'uma'"));
    expect(await authenticate(`Bearer ${key}`)).toMatchObject({ name: "uma", role: "CURATOR" });
  });

  it("are read again after a second where no notices arrive", async () => {
    const alone = makeAuthenticate(db, { openReading: true });
    const { key } = await createKey(db, "sol", "VIEWER");
    await alone(`Bearer ${key}`);
    await revokeKey(db, "sol");
    const code = () =>
      alone(`Bearer ${key}`).then(
        () => "let in",
        (error) => error.code,
      );
    await expect.poll(code, { timeout: 4_000, interval: 100 }).toBe("UNAUTHENTICATED");
  });

  it("hold on while Postgres is away, and a new one is told to try again", async () => {
    const { key } = await createKey(db, "pam", "VIEWER");
    let away = false;
    const flaky: Pick<typeof db, "query"> = {
      query: (sql, values) => (away ? Promise.reject(new Error("gone")) : db.query(sql, values)),
    };
    const notices: KeyNotices = { connected: false, onNotice: () => undefined };
    const viewers = makeAuthenticate(flaky, { openReading: true, notices });
    await viewers(`Bearer ${key}`);
    away = true;
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await viewers(`Bearer ${key}`)).toMatchObject({ name: "pam" });
    await expect(viewers("Bearer wg_other")).rejects.toMatchObject({ code: "UNAVAILABLE", status: 503 });
  });

  it("that are not known share statements, however many come at once", async () => {
    const before = db.statements;
    const flood = Array.from({ length: 500 }, (_, i) => messageOf(`wg_guess${i}`));
    const answers = new Set(await Promise.all(flood));
    expect(answers).toEqual(
      new Set(["the API key is unknown; expected one that whygraph keys create has printed"]),
    );
    expect(db.statements - before).toBeLessThanOrEqual(2);
  });
});

it("gives a key less than its role, some users and an end, and nothing that makes no sense", async () => {
  const grant = { role: "VIEWER", scopes: ["recommend:read"], users: ["shop-a:*", "ann"] } as const;
  const { key, scopes, users } = await createKey(db, "shop", grant);
  expect({ scopes, users }).toEqual({ scopes: ["recommend:read"], users: ["shop-a:*", "ann"] });
  const viewer = await authenticate(`Bearer ${key}`);
  expect([[...viewer.scopes], viewer.users]).toEqual([["recommend:read"], ["shop-a:*", "ann"]]);
  const refused = (name: string, more: object) => createKey(db, name, { role: "VIEWER", ...more });
  await expect(refused("a", { scopes: ["graph:write"] })).rejects.toThrow(
    /VIEWER has no scope "graph:write"/,
  );
  await expect(refused("a", { users: ["a*b"] })).rejects.toThrow(/users has "a\*b"/);
  await expect(refused("a", { expiresAt: new Date(0) })).rejects.toThrow(/would end at 1970/);
  for (const name of ["jwt:anna", "anonymous", "whygraph", "", " a", "a\u0007"]) {
    await expect(refused(name, {})).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  }
});

it("writes down when a key was last used, and lists it without telling servers of it", async () => {
  const { key } = await tellOf(() => createKey(db, "lou", "VIEWER"));
  const find = async () => (await findKeys(db)).find(({ name }) => name === "lou");
  expect(await find()).toMatchObject({ lastUsedAt: null, revokedAt: null });
  let notices = 0;
  await authenticate(`Bearer ${key}`);
  snapshot.onNotice(() => notices++);
  await expect.poll(async () => (await find())?.lastUsedAt).toBeInstanceOf(Date);
  expect(notices).toBe(0);
  await expect(revokeKey(db, "nobody")).rejects.toThrow(/there is no valid API key "nobody"/);
});

it("makes one key of many commands at once, and one first key of many servers", async () => {
  const same = await Promise.allSettled([1, 2, 3].map(() => createKey(db, "twin", "VIEWER")));
  expect(same.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const fresh = await createTestDatabase();
  const made = await Promise.all([createFirstKey(fresh), createFirstKey(fresh), createFirstKey(fresh)]);
  expect(made.filter((key) => key !== null)).toHaveLength(1);
  expect(await findKeys(fresh)).toMatchObject([{ name: "admin", role: "ADMIN", scopes: null }]);
  await snapshot.close();
});
