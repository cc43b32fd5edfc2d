/** Makes vectors of texts; texts that are alike get vectors that point the same way. */
export interface Encoder {
  /** Names weights and method for good, e.g. "use-lite-en@0.2.0": vectors of two encoders do not mix. */
  readonly id: string;
  /** Numbers per vector. */
  readonly dim: number;
  /** Codes of ISO 639-1; "*" for any. */
  readonly languages: readonly string[];
  /** What a text holds beyond that is not read. */
  readonly maxTokens: number;
  /** Tokens that the encoder makes of a text; an estimate where only a remote service knows. */
  countTokens(text: string): number;
  /** Says why a text cannot be encoded, e.g. "no pieces for Han"; null where it can. */
  whyNot(text: string): string | null;
  /** Encodes texts, white space collapsed first, to vectors of length 1 in their order; null where `whyNot` says why. */
  encode(texts: readonly string[]): Promise<(Float32Array | null)[]>;
}
