/**
 * Reads the answer of an embeddings endpoint into vectors, in the order of the texts that were sent.
 * @throws {TypeError} that says what the answer lacks
 */
export function readEmbeddings(answer: unknown, count: number, dim: number | null): Float32Array[] {
  const data = (answer as { data?: unknown } | null)?.data;
  if (!Array.isArray(data) || data.length !== count) {
    const found = Array.isArray(data) ? `${data.length} vectors` : "no list data";
    throw new TypeError(`${found} for ${count} texts`);
  }
  const vectors = new Array<Float32Array | undefined>(count);
  data.forEach((entry: { index?: unknown; embedding?: unknown } | null, place) => {
    const index = entry?.index ?? place; // some servers leave it out and keep the order
    if (!Number.isInteger(index) || !((index as number) >= 0 && (index as number) < count)) {
      throw new TypeError(`the index ${JSON.stringify(index)} among ${count} texts`);
    }
    if (vectors[index as number]) throw new TypeError(`the index ${index} twice`);
    vectors[index as number] = readVector(entry?.embedding, dim ?? vectors.find(Boolean)?.length ?? null);
  });
  return vectors as Float32Array[];
}

function readVector(embedding: unknown, dim: number | null): Float32Array {
  if (!Array.isArray(embedding) || embedding.length === 0)
    throw new TypeError("an entry without an embedding");
  if (dim !== null && embedding.length !== dim) {
    throw new TypeError(`a vector of ${embedding.length} numbers instead of ${dim}`);
  }
  const wrong = embedding.find((value) => typeof value !== "number" || !Number.isFinite(value));
  if (wrong !== undefined) throw new TypeError(`a vector with ${JSON.stringify(wrong)} in it`);
  return Float32Array.from(embedding as number[]);
}
