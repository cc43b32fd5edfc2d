import { readFile } from "node:fs/promises";
import type { JSONWebKeySet } from "jose";

const FETCH_MS = 5_000;
const MOST_BYTES = 262_144;

/**
 * Reads a JSON Web Key Set from an address or a file.
 * @throws {Error} that says what is wrong with it, where it cannot be reached, is too large, or holds no public key
 */
export async function readKeySet(source: string): Promise<JSONWebKeySet> {
  const text = /^https?:/.test(source) ? await fetchText(source) : await readFile(source, "utf8");
  let set: Partial<JSONWebKeySet>;
  try {
    set = JSON.parse(text);
  } catch {
    throw new Error(`${source} is not JSON; expected a JSON Web Key Set`);
  }
  const keys = Array.isArray(set?.keys) ? set.keys : [];
  if (keys.some((key) => typeof key?.d === "string" || key?.kty === "oct")) {
    throw new Error(`${source} holds a secret; expected public keys only`);
  }
  if (keys.length === 0) throw new Error(`${source} holds no keys; expected {"keys": [ … ]}`);
  return { keys };
}

async function fetchText(url: string): Promise<string> {
  let response: Response;
  try {
    const signal = AbortSignal.timeout(FETCH_MS);
    response = await fetch(url, { redirect: "error", headers: { accept: "application/json" }, signal });
    if (response.ok) return await readBounded(response);
  } catch (error) {
    const { message, cause } = error as Error;
    throw new Error(`${url} does not answer: ${cause instanceof Error ? cause.message : message}`);
  }
  await response.body?.cancel();
  throw new Error(`${url} answers ${response.status}; expected 200`);
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error(`it is longer than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
