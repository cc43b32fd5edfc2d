import { DomainError } from "../errors.ts";
import type { Scope } from "./types.ts";

const STATUS = { UNAUTHENTICATED: 401, FORBIDDEN: 403, UNAVAILABLE: 503 } as const;

/** Codes of a refusal to let somebody in, or to let him do something. */
export type AccessCode = keyof typeof STATUS;

/** Why somebody is not let in, or not let do something, as HTTP says it. */
export class AccessError extends DomainError {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** Read by GraphQL servers, for the status and the headers of the answer. */
  readonly extensions: object;

  /** @param reason what goes into `www-authenticate`: a code of RFC 6750, or the scope that is missing */
  constructor(
    code: AccessCode,
    message: string,
    reason: { readonly error?: string; readonly scope?: Scope } = {},
  ) {
    super(code, message);
    this.status = STATUS[code];
    this.headers =
      code === "UNAVAILABLE"
        ? new Map([["retry-after", "5"]])
        : new Map([["www-authenticate", challenge(reason.error && { ...reason, description: message })]]);
    this.extensions = { code, http: { status: this.status, headers: this.headers } };
  }
}

/** RFC 6750, section 3: without a reason where no key was sent. A header holds ASCII without quotes. */
function challenge(
  reason: { readonly error?: string; readonly scope?: Scope; readonly description: string } | "" | undefined,
): string {
  if (!reason) return 'Bearer realm="whygraph"';
  const { error, scope, description } = reason;
  const told = description.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, "?");
  const needed = scope ? `, scope="${scope}"` : "";
  return `Bearer realm="whygraph", error="${error}", error_description="${told}"${needed}`;
}
