import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import { languagesOf } from "../../src/server/languagesOf.ts";

it.each([
  [undefined, []],
  ["zh-CN,zh;q=0.9,en;q=0.8", ["zh-CN", "zh", "en"]],
  ["en;q=0.1, zh", ["zh", "en"]],
  ["fr, en;q=0", ["fr"]],
  ["*", ["*"]],
])("Accept-Language %j asks for %j", (header, languages) => {
  const headers = header === undefined ? {} : { "accept-language": header };
  expect(languagesOf({ headers } as IncomingMessage)).toEqual(languages);
});
