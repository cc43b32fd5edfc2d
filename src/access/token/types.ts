/** Signatures with a public key; those with a shared secret are none of them. */
export type TokenAlgorithm =
  | "RS256"
  | "RS384"
  | "RS512"
  | "PS256"
  | "PS384"
  | "PS512"
  | "ES256"
  | "ES384"
  | "ES512"
  | "EdDSA";

/** Whose tokens are taken, and what is read from them. */
export interface TokenOptions {
  /** Where the issuer's public keys are, as a JSON Web Key Set: an address, or the path of a file. */
  readonly keys: string;
  /** Claim `iss` of every token. */
  readonly issuer: string;
  /** Claim `aud` holds one of these. */
  readonly audience: readonly string[];
  readonly algorithms: readonly TokenAlgorithm[];
  /** Seconds by which the issuer's clock may differ. */
  readonly clockTolerance: number;
  /** Claim that names the viewer; one that people can alter themselves lets one be another. */
  readonly nameClaim: string;
  /** Claim with roles; null: every token is a VIEWER, or what its scopes come to. */
  readonly roleClaim: string | null;
  /** Claim with scopes; null: those of the role. */
  readonly scopeClaim: string | null;
  /** Claim with the user that the token may speak of; null: all users. */
  readonly userClaim: string | null;
}
