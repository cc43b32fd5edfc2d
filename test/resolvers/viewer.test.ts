import { expect, it } from "vitest";
import { BACKENDS } from "../../src/ranker/backend.ts";
import { openGateway } from "./openGateway.ts";

const gateway = await openGateway();

it("tells whoever asks what the server computes with", async () => {
  const { data, errors } = await gateway.ask("{ viewer { name backend } }");
  expect(errors).toEqual([]);
  expect(data.viewer.name).toBe("anonymous");
  const [, name, version] = /^(\S+) (\d+\.\d+\.\d+) on \S/.exec(data.viewer.backend) ?? [];
  expect(BACKENDS).toContain(name);
  expect(version).toBe("4.22.0");
});
