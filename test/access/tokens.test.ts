import { createHmac } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { base64url, exportJWK, exportSPKI, type JWTPayload } from "jose";
import { afterAll, describe, expect, it } from "vitest";
import { openTokens, type Tokens } from "../../src/access/token/openTokens.ts";
import type { TokenOptions } from "../../src/access/token/types.ts";
import { AUDIENCE, ISSUER, makeKey, openKeyServer, sign } from "./support.ts";

const [rsa, es, ed, ps, stranger] = await Promise.all([
  makeKey("rsa", "RS256"),
  makeKey("es"),
  makeKey("ed", "EdDSA"),
  makeKey("ps", "PS256"),
  makeKey("es"), // the kid of another's key
]);
const OPTIONS: Omit<TokenOptions, "keys"> = {
  ...{ issuer: ISSUER, audience: [AUDIENCE, "other"], algorithms: ["RS256", "ES256", "EdDSA"] },
  ...{ clockTolerance: 30, nameClaim: "sub", roleClaim: null, scopeClaim: null, userClaim: null },
};

const server = await openKeyServer([rsa.jwk, es.jwk, ed.jwk, ps.jwk]);
const tokens = await open();

function open(
  more: Partial<TokenOptions> = {},
  report: (line: string) => void = () => undefined,
  now?: () => number,
) {
  return openTokens({ ...OPTIONS, keys: server.url, ...more }, report, now);
}

/** What becomes of a token: the viewer's name, or the code and the message of its refusal. */
async function outcome(token: string, of: Tokens = tokens): Promise<string> {
  try {
    return (await of.read(token)).name;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code} ${message}`;
  }
}

const seconds = (from: number) => Math.floor(Date.now() / 1000) + from;
const part = (value: object) => base64url.encode(JSON.stringify(value));
const claims = { iss: ISSUER, aud: AUDIENCE, sub: "ada", exp: seconds(300) };

describe("a token", () => {
  it.each([rsa, es, ed])("signed by a key of the issuer names its viewer: $alg", async (key) => {
    const viewer = await tokens.read(await sign(key));
    expect(viewer).toMatchObject({ name: "jwt:ada", role: "VIEWER", authenticated: true, users: null });
    expect(viewer.expiresAt?.getTime()).toBeGreaterThan(Date.now());
  });

  it("is verified once, and then known", async () => {
    const token = await sign(es);
    const first = await tokens.read(token);
    expect(tokens.read(token)).toBe(first); // no promise
  });

  it("is refused once it has expired, though it was known", async () => {
    const strict = await open({ clockTolerance: 0 });
    const token = await sign(es, { exp: seconds(2) });
    expect(await outcome(token, strict)).toBe("jwt:ada");
    await expect
      .poll(() => outcome(token, strict), { timeout: 5_000, interval: 200 })
      .toMatch(/^UNAUTHENTICATED the token expired at /);
  });

  const pem = () => exportSPKI(rsa.publicKey);
  const hmac = async (secret: string, header: object) => {
    const signed = `${part({ typ: "JWT", kid: "rsa", ...header })}.${part(claims)}`;
    return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
  };
  const unsigned = (alg: string) => `${part({ alg, typ: "JWT", kid: "es" })}.${part(claims)}.`;
  const altered = async () => {
    const [header, , signature] = (await sign(es)).split(".");
    return `${header}.${part({ ...claims, sub: "root" })}.${signature}`;
  };
  it.each<[string, () => Promise<string> | string, RegExp]>([
    ["alg none", () => unsigned("none"), /the token's alg is not taken, expected one of RS256, ES256, EdDSA/],
    ["alg NONE", () => unsigned("NONE"), /the token's alg is not taken/],
    ["no signature", () => unsigned("ES256"), /the token's signature is wrong/],
    [
      "HS256 with the public key as secret",
      async () => hmac(await pem(), { alg: "HS256" }),
      /alg is not taken/,
    ],
    ["the same, called RS256", async () => hmac(await pem(), { alg: "RS256" }), /signature is wrong/],
    ["HS256 with the empty secret", () => hmac("", { alg: "HS256" }), /alg is not taken/],
    ["an algorithm of the keys that is not pinned", () => sign(ps), /alg is not taken/],
    ["another's key under the same kid", () => sign(stranger), /the token's signature is wrong/],
    ["claims that were altered", altered, /the token's signature is wrong/],
    [
      "no kid, where several keys fit none",
      () => sign(es, {}, { kid: "gone" }),
      /a key that its issuer does not show/,
    ],
    ["no end", () => sign(es, { exp: undefined }), /claim "exp" is missing/],
    [
      "an end that is no number",
      () => sign(es, { exp: "never" as unknown as number }),
      /"exp" is not what is/,
    ],
    ["an end that has passed", () => sign(es, { exp: seconds(-60) }), /the token expired at 2/],
    ["a beginning to come", () => sign(es, { nbf: seconds(120) }), /claim "nbf" is not what is expected/],
    [
      "another issuer",
      () => sign(es, { iss: "https://evil.example" }),
      /claim "iss" is not what is expected/,
    ],
    ["no issuer", () => sign(es, { iss: undefined }), /claim "iss" is missing/],
    ["another audience", () => sign(es, { aud: "billing" }), /claim "aud" is not what is expected/],
    ["no audience", () => sign(es, { aud: undefined }), /claim "aud" is missing/],
    ["nobody's name", () => sign(es, { sub: undefined }), /claim "sub" names nobody/],
    ["a name of control characters", () => sign(es, { sub: "a\nb" }), /claim "sub" names nobody/],
    ["half a character for a name", () => sign(es, { sub: "\ud800" }), /claim "sub" names nobody/],
    [
      "the type of a logout",
      () => sign(es, {}, { typ: "logout+jwt" }),
      /typ is "logout\+jwt", expected JWT or at\+jwt/,
    ],
    ["the type of a proof", () => sign(es, {}, { typ: "dpop+jwt" }), /typ is "dpop\+jwt"/],
    ["an unknown critical header", () => critical(), /malformed/],
    ["five parts, as an encrypted one has", () => "a.b.c.d.e", /the token is malformed/],
    ["three parts of nothing", () => "..", /the token is malformed/],
    [
      "more than 8 KiB",
      () => sign(es, { pad: "x".repeat(9_000) }),
      /has \d+ characters, expected at most 8192/,
    ],
  ])("with %s is refused", async (_, make, message) => {
    const told = await outcome(await make());
    expect(told).toMatch(/^UNAUTHENTICATED /);
    expect(told).toMatch(message);
  });
  const critical = () => `${part({ alg: "ES256", kid: "es", crit: ["x"], x: 1 })}.${part(claims)}.AAAA`;

  it("does not bring its own key, nor have one fetched", async () => {
    const jwk = await exportJWK(stranger.publicKey);
    const before = server.requests;
    for (const header of [{ jwk }, { jku: server.url }, { x5u: server.url }]) {
      expect(await outcome(await sign(stranger, {}, header))).toMatch(/signature is wrong/);
    }
    expect(server.requests).toBe(before);
  });

  it("may be late by the tolerance, be for several, be of type at+jwt or of none", async () => {
    expect(await outcome(await sign(es, { exp: seconds(-10) }))).toBe("jwt:ada");
    expect(await outcome(await sign(es, { aud: ["billing", "other"] }))).toBe("jwt:ada");
    for (const typ of ["at+jwt", "application/at+JWT", undefined]) {
      expect(await outcome(await sign(es, {}, { typ }))).toBe("jwt:ada");
    }
  });
});

describe("the keys of an issuer", () => {
  it("rotate: a new one is read once when a token names it, an old one counts for nothing when it is gone", async () => {
    let now = 1_000_000;
    const rotating = await open({}, undefined, () => now);
    const next = await makeKey("next");
    server.keys = [next.jwk];
    const before = server.requests;
    expect(await outcome(await sign(next), rotating)).toMatch(/a key that its issuer does not show/); // 30 s have not passed
    now += 31_000;
    expect(await outcome(await sign(next), rotating)).toBe("jwt:ada");
    expect(await outcome(await sign(es), rotating)).toMatch(/a key that its issuer does not show/);
    expect(server.requests - before).toBe(1);
    server.keys = [rsa.jwk, es.jwk, ed.jwk];
  });

  it("are read once in 30 seconds, however many tokens name keys that are not there", async () => {
    let now = 1_000_000;
    const flooded = await open({}, undefined, () => now);
    now += 31_000;
    const before = server.requests;
    const flood = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => outcome(await sign(es, {}, { kid: `k${i}` }), flooded)),
    );
    expect(new Set(flood.map((told) => told.slice(0, 15)))).toEqual(new Set(["UNAUTHENTICATED"]));
    expect(server.requests - before).toBe(1);
  });

  it("are read again beside the requests after ten minutes", async () => {
    let now = 1_000_000;
    const aging = await open({}, undefined, () => now);
    const before = server.requests;
    now += 601_000;
    expect(await outcome(await sign(es), aging)).toBe("jwt:ada");
    await expect.poll(() => server.requests - before).toBe(1);
  });

  it.each([
    ["fails", { status: 500, body: "" }],
    ["shows no keys", { status: 200, body: `{"keys":[]}` }],
    ["shows no JSON", { status: 200, body: "<html>" }],
    ["shows a secret", { status: 200, body: `{"keys":[{"kty":"oct","k":"c2VjcmV0","kid":"es"}]}` }],
    ["never ends", { status: 200, body: `{"keys":[${" ".repeat(300_000)}]}` }],
  ])(
    "keep working while their issuer %s; a token of another key is told to come again",
    async (_, failure) => {
      let now = 1_000_000;
      const reports: string[] = [];
      const lasting = await open(
        {},
        (line) => void reports.push(line),
        () => now,
      );
      const next = await makeKey("later");
      server.failure = failure;
      now += 601_000;
      expect(await outcome(await sign(es), lasting)).toBe("jwt:ada");
      expect(await outcome(await sign(next), lasting)).toMatch(/^UNAVAILABLE .*out of reach/);
      now += 601_000;
      expect(await outcome(await sign(rsa), lasting)).toBe("jwt:ada");
      now += 86_400_000;
      expect(await outcome(await sign(rsa), lasting)).toMatch(/^UNAVAILABLE /);
      expect(reports).toHaveLength(1);
      server.failure = null;
      now += 31_000;
      expect(await outcome(await sign(rsa), lasting)).toBe("jwt:ada");
      expect(reports[1]).toMatch(/^the keys of tokens are read again/);
    },
  );

  it("need not be there at the start", async () => {
    let now = 1_000_000;
    server.failure = { status: 503, body: "" };
    const reports: string[] = [];
    const waiting = await open(
      {},
      (line) => void reports.push(line),
      () => now,
    );
    expect(reports[0]).toMatch(/answers 503; expected 200$/);
    expect(await outcome(await sign(es), waiting)).toMatch(/^UNAVAILABLE /);
    server.failure = null;
    now += 31_000;
    expect(await outcome(await sign(es), waiting)).toBe("jwt:ada");
  });

  it("may be a file, whose faults end the start", async () => {
    const folder = await mkdtemp(join(tmpdir(), "whygraph-keys-"));
    afterAll(() => rm(folder, { recursive: true }));
    const keys = join(folder, "keys.json");
    await expect(open({ keys })).rejects.toMatchObject({ code: "CONFIGURATION" });
    const secret = { ...(await exportJWK(es.privateKey)), kid: "es" };
    await writeFile(keys, JSON.stringify({ keys: [secret] }));
    await expect(open({ keys })).rejects.toThrow(/holds a secret; expected public keys only/);
    await writeFile(keys, JSON.stringify({ keys: [es.jwk] }));
    expect(await outcome(await sign(es), await open({ keys }))).toBe("jwt:ada");
    expect(await outcome(await sign(es, {}, { kid: undefined }), await open({ keys }))).toBe("jwt:ada");
  });
});

describe("the claims", () => {
  const read = async (more: Partial<TokenOptions>, payload: JWTPayload) =>
    (await open(more)).read(await sign(es, payload));

  it.each([
    [{ roles: ["curator", "billing-admin"] }, "roles", "CURATOR"],
    [{ roles: ["VIEWER", "ADMIN"] }, "roles", "ADMIN"],
    [{ realm_access: { roles: ["curator"] } }, "realm_access.roles", "CURATOR"],
    [{ "https://shop.example/role": "ADMIN" }, "https://shop.example/role", "ADMIN"],
    [{ roles: "superadmin" }, "roles", "VIEWER"],
    [{ roles: { ADMIN: true } }, "roles", "VIEWER"],
    [{}, "__proto__.role", "VIEWER"],
  ])("%j give by %s the role %s", async (payload, roleClaim, role) => {
    expect(await read({ roleClaim }, payload)).toMatchObject({ role });
  });

  it("give scopes, within the role where there is one; a token without gets none", async () => {
    const scopesOf = async (more: Partial<TokenOptions>, payload: JWTPayload) => {
      const { role, scopes } = await read({ scopeClaim: "scope", ...more }, payload);
      return [role, ...scopes];
    };
    const scope = "openid graph:write recommend:read";
    expect(await scopesOf({}, { scope })).toEqual(["CURATOR", "recommend:read", "graph:write"]);
    expect(await scopesOf({ roleClaim: "role" }, { scope })).toEqual(["VIEWER", "recommend:read"]);
    expect(await scopesOf({}, { scope: ["graph:read"] })).toEqual(["VIEWER", "graph:read"]);
    expect(await scopesOf({}, { scope: "openid" })).toEqual(["VIEWER"]);
    expect(await scopesOf({ roleClaim: "role" }, { role: "ADMIN" })).toEqual(["ADMIN"]);
  });

  it("keep a token to one user; a star is no wildcard, and without the claim it is nobody", async () => {
    const usersOf = async (payload: JWTPayload) => (await read({ userClaim: "sub_user" }, payload)).users;
    expect(await usersOf({ sub_user: "ann" })).toEqual(["ann"]);
    expect(await usersOf({ sub_user: "*" })).toEqual([]);
    expect(await usersOf({})).toEqual([]);
  });
});
