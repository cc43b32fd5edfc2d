/** Says why one row cannot be imported. It goes to the rejects file; the import goes on. */
export class BadRow extends Error {
  override readonly name = "BadRow";
}
