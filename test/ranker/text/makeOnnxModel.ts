import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const VOCABULARY = { "[PAD]": 0, alien: 1, heat: 2, drive: 3, "[UNK]": 4 };
/** Vector of each token. */
const TABLE = [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 1, 1];
const [INT, BYTES] = [0, 2]; // wire types of protobuf
const [FLOAT, INT64] = [1, 7]; // element types of ONNX

/**
 * Writes the smallest sentence encoder there is, as Hugging Face lays one out: it looks each token up in a table
 * [5, 3]. The ONNX file is written field by field, so that the test needs no tool that makes one.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export async function makeOnnxModel(folder: string): Promise<void> {
  const values = Buffer.from(Float32Array.from(TABLE).buffer);
  const table = [int(1, 5), int(1, 3), int(2, FLOAT), text(8, "table"), bytes(9, values)];
  const axis = [text(1, "axis"), int(3, 0), int(20, 2)];
  const node = [
    ...[text(1, "table"), text(1, "input_ids"), text(2, "last_hidden_state")],
    ...[text(4, "Gather"), bytes(5, ...axis)],
  ];
  const graph = [
    ...[bytes(1, ...node), text(2, "tiny"), bytes(5, ...table)],
    ...[
      bytes(11, value("input_ids", INT64, ["n", "t"])),
      bytes(11, value("attention_mask", INT64, ["n", "t"])),
    ],
    bytes(12, value("last_hidden_state", FLOAT, ["n", "t", 3])),
  ];
  const model = Buffer.concat([int(1, 8), bytes(7, ...graph), bytes(8, int(2, 13))]);
  await mkdir(join(folder, "onnx"), { recursive: true });
  await writeFile(join(folder, "onnx", "model.onnx"), model);
  const json = (name: string, content: object) => writeFile(join(folder, name), JSON.stringify(content));
  await json("config.json", { model_type: "bert", max_position_embeddings: 8 });
  await json("tokenizer_config.json", {
    ...{ tokenizer_class: "BertTokenizer", model_max_length: 6, pad_token: "[PAD]", unk_token: "[UNK]" },
  });
  await json("tokenizer.json", {
    ...{ version: "1.0", truncation: null, padding: null, post_processor: null, decoder: null },
    added_tokens: [{ id: 0, content: "[PAD]", special: true }],
    normalizer: { type: "Lowercase" },
    pre_tokenizer: { type: "Whitespace" },
    model: { type: "WordLevel", vocab: VOCABULARY, unk_token: "[UNK]" },
  });
}

function value(name: string, type: number, shape: readonly (string | number)[]): Buffer {
  const dims = shape.map((dim) => bytes(1, typeof dim === "string" ? text(2, dim) : int(1, dim)));
  return Buffer.concat([text(1, name), bytes(2, bytes(1, int(1, type), bytes(2, ...dims)))]);
}

function int(field: number, number: number): Buffer {
  return Buffer.concat([varint((field << 3) | INT), varint(number)]);
}

function text(field: number, content: string): Buffer {
  return bytes(field, Buffer.from(content));
}

function bytes(field: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([varint((field << 3) | BYTES), varint(content.length), content]);
}

function varint(number: number): Buffer {
  return number < 128
    ? Buffer.of(number)
    : Buffer.concat([Buffer.of((number & 127) | 128), varint(number >>> 7)]);
}
