import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from "jose";
import type { TokenForger } from "./types.ts";

/** An issuer of tokens as the targets know it, and what an attacker makes of it. */
export interface Issuer {
  readonly issuer: string;
  readonly audience: string;
  readonly keySet: object;
  readonly tokens: TokenForger;
}

const CLAIMS = { sub: "mallory", role: "ADMIN" };
const [ISSUER, AUDIENCE, KID] = ["https://issuer.example", "whygraph", "one"];

/** Makes an issuer, and tokens that must not be taken for its own. */
export async function forgeTokens(): Promise<Issuer> {
  const right = await generateKeyPair("RS256", { extractable: true });
  const wrong = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(right.publicKey)), kid: KID, alg: "RS256", use: "sig" };
  const secret = new TextEncoder().encode(await exportSPKI(right.publicKey));
  const make = (audience = AUDIENCE, until = "1h", alg = "RS256") =>
    new SignJWT(CLAIMS)
      .setProtectedHeader({ alg, kid: KID })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setIssuedAt(0)
      .setExpirationTime(until === "past" ? 1_000_000 : until);
  const pack = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const body = pack({ ...CLAIMS, iss: ISSUER, aud: AUDIENCE, exp: 4_000_000_000 });
  const signed = {
    confused: await make(AUDIENCE, "1h", "HS256").sign(secret),
    elsewhere: await make("another").sign(right.privateKey),
    stranger: await make().sign(wrong.privateKey),
    expired: await make(AUDIENCE, "past").sign(right.privateKey),
  };
  const tokens: TokenForger = {
    unsigned: () => `${pack({ alg: "none", kid: KID })}.${body}.`,
    confused: () => signed.confused,
    elsewhere: () => signed.elsewhere,
    stranger: () => signed.stranger,
    expired: () => signed.expired,
  };
  return { issuer: ISSUER, audience: AUDIENCE, keySet: { keys: [jwk] }, tokens };
}
