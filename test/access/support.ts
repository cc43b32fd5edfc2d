import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";
import { undoAfterFile } from "../support/undo.ts";

/** A key of an issuer: its private half, and its public half as others see it. */
export interface IssuerKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

export const ISSUER = "https://login.example";
export const AUDIENCE = "whygraph";

export async function makeKey(kid: string, alg = "ES256"): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, use: "sig" };
  return { kid, alg, privateKey, publicKey, jwk };
}

let sequence = 0;

/** Signs a token that is right in all but what `claims` and `header` alter; undefined leaves a claim out. */
export function sign(key: IssuerKey, claims: JWTPayload = {}, header: object = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const all = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: "ada",
    iat: now,
    exp: now + 300,
    jti: String(sequence++),
    ...claims,
  };
  return new SignJWT(JSON.parse(JSON.stringify(all)))
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: "JWT", ...header })
    .sign(key.privateKey);
}

/** An issuer's key set over real HTTP, which can be altered and can fail. */
export interface KeyServer {
  readonly url: string;
  keys: readonly JWK[];
  /** What it answers in place of its keys; null where it works. */
  failure: { readonly status: number; readonly body: string } | null;
  /** Requests so far. */
  requests: number;
}

export async function openKeyServer(keys: readonly JWK[]): Promise<KeyServer> {
  const state: { -readonly [K in keyof KeyServer]: KeyServer[K] } = {
    url: "",
    keys,
    failure: null,
    requests: 0,
  };
  const server = createServer((_request, response) => {
    state.requests++;
    const { status, body } = state.failure ?? { status: 200, body: JSON.stringify({ keys: state.keys }) };
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  undoAfterFile(() => new Promise((resolve) => server.close(resolve)));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
  return state;
}
