import { expect, it } from "vitest";
import { makeAuthenticate } from "../src/auth.ts";
import { createFirstKey, createKey, findKeys, revokeKey } from "../src/keys.ts";
import { createTestDatabase } from "./support/database.ts";

it("knows a viewer by a key, whose text it does not keep", async () => {
  const db = await createTestDatabase();
  const authenticate = makeAuthenticate(db, { openReading: true });
  expect(await authenticate(undefined)).toEqual({ name: "anonymous", role: "VIEWER", authenticated: false });
  const { key } = await createKey(db, "anna", "CURATOR");
  expect(await authenticate(`Bearer ${key}`)).toEqual({ name: "anna", role: "CURATOR", authenticated: true });
  expect(await authenticate(`bearer ${key}`)).toMatchObject({ name: "anna" });
  expect(JSON.stringify(await db.query("select * from api_key"))).not.toContain(key);
  await expect(createKey(db, "anna", "ADMIN")).rejects.toThrow(/there is an API key "anna" already/);
});

it("refuses a wrong key, an unknown scheme, and a missing key where reading is not open", async () => {
  const db = await createTestDatabase();
  const open = makeAuthenticate(db, { openReading: true });
  await expect(open("Bearer wg_wrong")).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  await expect(open("Basic YTpi")).rejects.toThrow(/expected Bearer <key>/);
  await expect(open("")).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  const closed = makeAuthenticate(db, { openReading: false });
  await expect(closed(undefined)).rejects.toThrow(/the request has no API key/);
});

it("asks Postgres once for many requests, and refuses a revoked key within seconds", async () => {
  const db = await createTestDatabase();
  const authenticate = makeAuthenticate(db, { openReading: true });
  const { key } = await createKey(db, "anna", "VIEWER");
  const before = db.statements;
  for (let i = 0; i < 20; i++) await authenticate(`Bearer ${key}`);
  expect(db.statements - before).toBe(1);
  await revokeKey(db, "anna");
  await expect
    .poll(() => authenticate(`Bearer ${key}`).catch((error) => error.code), { timeout: 4_000, interval: 100 })
    .toBe("UNAUTHENTICATED");
  await expect(revokeKey(db, "anna")).rejects.toThrow(/there is no valid API key "anna"/);
  expect(await findKeys(db)).toMatchObject([{ name: "anna", role: "VIEWER", revokedAt: expect.any(Date) }]);
  expect((await createKey(db, "anna", "VIEWER")).key).not.toBe(key);
});

it("makes the first key once, even when two servers start together", async () => {
  const db = await createTestDatabase();
  const made = await Promise.all([createFirstKey(db), createFirstKey(db), createFirstKey(db)]);
  expect(made.filter((key) => key !== null)).toHaveLength(1);
  expect(await findKeys(db)).toMatchObject([{ name: "admin", role: "ADMIN" }]);
});
