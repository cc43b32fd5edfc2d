import { AccessError } from "../access/AccessError.ts";
import { DomainError } from "../errors.ts";

/** Why a request is not let in, as HTTP says it. */
export interface Refusal {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly code: "UNAUTHENTICATED" | "FORBIDDEN" | "UNAVAILABLE";
  readonly message: string;
}

/** Gives the refusal that an error of authenticating is; null where it is a bug. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof DomainError)) return null;
  const { code, message } = error;
  if (code !== "UNAUTHENTICATED" && code !== "FORBIDDEN" && code !== "UNAVAILABLE") return null;
  const { status, headers } = error instanceof AccessError ? error : new AccessError(code, message);
  return { status, headers, code, message };
}
