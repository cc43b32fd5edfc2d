import type { Tensor, Tensors } from "@huggingface/transformers";

/**
 * Makes one vector per text of a model's output: `sentence_embedding` [n, D] where the model has it, else the mean
 * of the tokens' vectors [n, T, D] that the attention mask [n, T] keeps.
 * @throws {TypeError} where the output has neither
 */
export function poolTokens(output: Tensors, mask: Tensor): Float32Array[] {
  const { sentence_embedding: sentence, last_hidden_state: hidden } = output;
  if (sentence) return splitRows(sentence);
  if (!hidden) {
    const names = Object.keys(output).join(", ");
    throw new TypeError(`the model gives ${names}; expected sentence_embedding or last_hidden_state`);
  }
  const [count, tokens, dim] = hidden.dims;
  const values = hidden.data as Float32Array;
  return Array.from({ length: count }, (_, row) => {
    const mean = new Float32Array(dim);
    let kept = 0;
    for (let token = row * tokens; token < (row + 1) * tokens; token++) {
      if (!mask.data[token]) continue; // 0n is falsy too
      kept++;
      for (let k = 0; k < dim; k++) mean[k] += values[token * dim + k];
    }
    return mean.map((value) => value / Math.max(1, kept));
  });
}

function splitRows({ dims: [count, dim], data }: Tensor): Float32Array[] {
  const values = data as Float32Array;
  return Array.from({ length: count }, (_, row) => values.slice(row * dim, (row + 1) * dim));
}
