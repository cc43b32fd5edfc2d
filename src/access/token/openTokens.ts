import { createHash } from "node:crypto";
import { errors, jwtVerify } from "jose";
import { DomainError } from "../../errors.ts";
import { AccessError } from "../AccessError.ts";
import { BoundedMap } from "../BoundedMap.ts";
import type { Viewer } from "../types.ts";
import { IssuerKeys } from "./IssuerKeys.ts";
import type { TokenOptions } from "./types.ts";
import { viewerOfClaims } from "./viewerOfClaims.ts";

const LONGEST_TOKEN = 8_192;
const KNOWN_MS = 60_000; // a token is verified anew after that
const MOST_KNOWN = 10_000;
/** RFC 9068 and RFC 7519; a token that was made for another purpose says so here. */
const TYPES: readonly unknown[] = ["jwt", "at+jwt", "application/at+jwt", undefined];

export interface Tokens {
  /**
   * Gives the viewer whom a token names; at once where it was verified within the last minute.
   * @throws {AccessError} UNAUTHENTICATED that says what is wrong with it; UNAVAILABLE where it cannot be checked now
   */
  read(token: string): Viewer | Promise<Viewer>;
  /** Why the issuer's keys cannot be read; null where they can. */
  readonly failure: string | null;
}

/**
 * Opens the tokens of an issuer, and reads its keys. Where they are at an address that does not answer, `report` is
 * told, and it is tried again later.
 * @throws {DomainError} CONFIGURATION where they are in a file that cannot be used
 */
export async function openTokens(
  options: TokenOptions,
  report: (line: string) => void,
  now?: () => number,
): Promise<Tokens> {
  const keys = new IssuerKeys(options.keys, report, now);
  await keys.read();
  if (keys.failure !== null && !/^https?:/.test(options.keys)) {
    throw new DomainError("CONFIGURATION", `WHYGRAPH_JWT_KEYS cannot be used: ${keys.failure}`);
  }
  const known = new BoundedMap<string, { readonly viewer: Viewer; readonly until: number }>(MOST_KNOWN);
  return {
    get failure() {
      return keys.failure;
    },
    read(token) {
      if (token.length > LONGEST_TOKEN) {
        throw refuse(`the token has ${token.length} characters, expected at most ${LONGEST_TOKEN}`);
      }
      const digest = createHash("sha256").update(token).digest("base64");
      const before = known.get(digest);
      if (before && before.until > Date.now()) return before.viewer;
      return verify(token, keys, options).then((viewer) => {
        const until = Math.min(Number(viewer.expiresAt), Date.now() + KNOWN_MS);
        known.set(digest, { viewer, until });
        return viewer;
      });
    },
  };
}

async function verify(token: string, keys: IssuerKeys, options: TokenOptions): Promise<Viewer> {
  const { issuer, audience, algorithms, clockTolerance } = options;
  try {
    const { payload, protectedHeader } = await jwtVerify(token, (header, input) => keys.find(header, input), {
      ...{ issuer, audience: [...audience], algorithms: [...algorithms], clockTolerance },
      requiredClaims: ["exp", "iss", "aud"],
    });
    const type = protectedHeader.typ?.toLowerCase();
    if (TYPES.includes(type)) return viewerOfClaims(payload, options);
    throw refuse(`the token's typ is ${JSON.stringify(protectedHeader.typ)}, expected JWT or at+jwt`);
  } catch (error) {
    throw error instanceof errors.JOSEError ? refuse(tell(error, options)) : error;
  }
}

/** What is wrong with a token. Whatever tells of its claims is reached only where the signature is right. */
function tell(error: errors.JOSEError, { algorithms }: TokenOptions): string {
  if (error instanceof errors.JWTExpired) {
    return `the token expired at ${new Date(Number(error.payload.exp) * 1000).toISOString()}; expected a newer one`;
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    const why = error.reason === "missing" ? "missing" : "not what is expected";
    return `the token's claim "${error.claim}" is ${why}; expected a token that is made for this server`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return `the token's alg is not taken, expected one of ${algorithms.join(", ")}`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return "the token's signature is wrong";
  if (error instanceof errors.JWKSNoMatchingKey) {
    return "the token is signed by a key that its issuer does not show; expected its kid and alg to be among the issuer's keys";
  }
  if (error instanceof errors.JWKSMultipleMatchingKeys) {
    return "the token does not say which of the issuer's keys signed it; expected a kid in its header";
  }
  return "the token is malformed; expected a signed JSON Web Token";
}

function refuse(message: string): AccessError {
  return new AccessError("UNAUTHENTICATED", message, { error: "invalid_token" });
}
