/** What is used of a package that is installed only where it is wanted; see openTransformers.ts. */
declare module "@huggingface/transformers" {
  export interface Tensor {
    readonly dims: readonly number[];
    readonly data: Float32Array | BigInt64Array;
  }
  export type Tensors = { readonly [name: string]: Tensor | undefined };

  export interface Tokenizer {
    readonly model_max_length?: number;
    encode(text: string): number[];
    (
      texts: readonly string[],
      options: { readonly padding: true; readonly truncation: true; readonly max_length: number },
    ): Tensors & { readonly attention_mask: Tensor };
  }
  export interface Model {
    readonly config: { readonly max_position_embeddings?: number };
    (inputs: Tensors): Promise<Tensors>;
  }

  export const env: { allowRemoteModels: boolean; allowLocalModels: boolean; localModelPath: string };
  export const AutoTokenizer: { from_pretrained(name: string): Promise<Tokenizer> };
  export const AutoModel: {
    from_pretrained(name: string, options: { readonly dtype: "fp32" | "q8" }): Promise<Model>;
  };
}
