import { createLocalJWKSet, errors, type FlattenedJWSInput, type JWTVerifyGetKey } from "jose";
import { AccessError } from "../AccessError.ts";
import { readKeySet } from "./readKeySet.ts";

type Header = Parameters<JWTVerifyGetKey>[0];

const FRESH_MS = 600_000; // read again after that, beside the request
const COOL_DOWN_MS = 30_000; // between two attempts, whatever keys tokens name
const LONGEST_MS = 86_400_000; // keys that cannot be read again are believed no longer

/**
 * The public keys of an issuer. They are read again every ten minutes and, so that rotation is seen at once, when a
 * token names a key that is not among them; at most every 30 seconds. While the issuer is out of reach, the keys that
 * are known keep working, for a day.
 */
export class IssuerKeys {
  #keys: JWTVerifyGetKey | null = null;
  #readAt = 0;
  #triedAt = Number.NEGATIVE_INFINITY;
  #failure: string | null = null;
  #reading: Promise<void> | null = null;

  /** @param report is told once when the keys can no longer be read, and once when they can be again */
  constructor(
    private readonly source: string,
    private readonly report: (line: string) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Why the last attempt failed; null where it did not. */
  get failure(): string | null {
    return this.#failure;
  }

  /**
   * Finds the key that a token names.
   * @throws {AccessError} UNAVAILABLE where it is not known and the issuer is out of reach
   * @throws {errors.JWKSNoMatchingKey} where the issuer shows no such key
   */
  async find(header: Header, token: FlattenedJWSInput): Promise<Awaited<ReturnType<JWTVerifyGetKey>>> {
    const age = this.now() - this.#readAt;
    if (!this.#keys || age > LONGEST_MS) await this.read();
    else if (age > FRESH_MS) void this.read();
    const keys = this.#keys;
    if (!keys) throw this.#unavailable();
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.read();
      if (this.#failure !== null) throw this.#unavailable();
      if (this.#keys === keys || this.#keys === null) throw error;
      return this.#keys(header, token);
    }
  }

  /** Reads the keys anew, unless that was tried just now; see `failure`. */
  read(): Promise<void> {
    if (this.#reading) return this.#reading;
    if (this.now() - this.#triedAt < COOL_DOWN_MS) return Promise.resolve();
    this.#reading = this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    this.#triedAt = this.now();
    const failed = this.#failure !== null;
    try {
      this.#keys = createLocalJWKSet(await readKeySet(this.source));
      this.#readAt = this.now();
      this.#failure = null;
      if (failed) this.report(`the keys of tokens are read again from ${this.source}`);
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
      if (this.now() - this.#readAt > LONGEST_MS) this.#keys = null;
      if (!failed) this.report(`the keys of tokens cannot be read: ${this.#failure}`);
    }
  }

  #unavailable(): AccessError {
    return new AccessError(
      "UNAVAILABLE",
      "the token cannot be checked now: the keys of its issuer are out of reach; expected them to answer; try again",
    );
  }
}
