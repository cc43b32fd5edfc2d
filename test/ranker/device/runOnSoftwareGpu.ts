import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliDecompressSync } from "node:zlib";
import type { GpuReport } from "./reportGpu.ts";

const REPORT = fileURLToPath(new URL("reportGpu.ts", import.meta.url));
const LIMIT_MS = 120_000;

/**
 * Compares WebGPU with the loops over arrays on SwiftShader, a GPU played by software, which is unpacked from
 * @sparticuz/chromium. The driver is found through the environment, before Node starts: hence the process.
 */
export async function runOnSoftwareGpu(): Promise<GpuReport> {
  const folder = await mkdtemp(join(tmpdir(), "whygraph-vulkan-"));
  try {
    await unpackDriver(folder);
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", REPORT], {
      env: {
        PATH: process.env.PATH,
        LD_LIBRARY_PATH: folder,
        VK_ICD_FILENAMES: join(folder, "vk_swiftshader_icd.json"),
      },
      timeout: LIMIT_MS,
    });
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes the driver and the Vulkan loader into a folder. */
async function unpackDriver(folder: string): Promise<void> {
  const root = dirname(dirname(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium"))));
  const archive = brotliDecompressSync(await readFile(join(root, "bin", "swiftshader.tar.br")));
  for (const { name, content } of readTar(archive))
    await writeFile(join(folder, name), content, { mode: 0o700 });
}

/** Plain files of a tar archive: a block of 512 bytes with name and octal size, then the content in whole blocks. */
function* readTar(archive: Buffer): Generator<{ readonly name: string; readonly content: Buffer }> {
  const text = (from: number, to: number) => archive.toString("latin1", from, to).replace(/\0.*$/s, "");
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
    const [name, size] = [text(at, at + 100), Number.parseInt(text(at + 124, at + 136), 8)];
    yield { name, content: archive.subarray(at + 512, at + 512 + size) };
    at += 512 * (1 + Math.ceil(size / 512));
  }
}
