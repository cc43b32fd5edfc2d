/**
 * Writes each field of a patch as text, for the digest of a request: null, which empties a field, is another request
 * than a field that is absent.
 */
export function marked(patch: object): object {
  return Object.fromEntries(
    Object.entries(patch)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, JSON.stringify(value)]),
  );
}
