import { describe, expect, it } from "vitest";
import { globalId, NODE_TYPES, parseGlobalId } from "../../src/schema/globalId.ts";

const plain = (text: string) => Buffer.from(text).toString("base64url");

describe("global ids", () => {
  it("are base64url of type and identity", () => {
    expect(globalId("Entity", "123")).toBe(plain("Entity:123"));
  });

  it.each(NODE_TYPES)("of a %s come back as they were", (type) => {
    expect(parseGlobalId(globalId(type, "42"))).toEqual({ type, id: "42" });
  });

  it.each([
    ["", "nothing"],
    ["Entity:1", "not encoded"],
    [plain("User:1"), "another type"],
    [plain("Entity:"), "no identity"],
    [plain("Entity:-1"), "negative"],
    [plain("Entity:01"), "not in one way only"],
    [plain("Entity:1; drop table entity"), "more than digits"],
    [plain("Entity:1234567890123456789"), "more digits than a bigint is sure to hold"],
    [plain("Relation:2147483648"), "more than an integer holds"],
    [`${plain("Entity:1")}=`, "padded"],
    [`${plain("Entity:1")}!`, "with a foreign character"],
  ])("%j are refused: %s", (value) => {
    expect(() => parseGlobalId(value)).toThrow(
      expect.objectContaining({ code: "BAD_USER_INPUT", message: expect.stringContaining(`"${value}"`) }),
    );
  });

  it("of another type than expected are refused with both types named", () => {
    const id = globalId("Triple", "7");
    expect(() => parseGlobalId(id, "Entity")).toThrow(
      `id "${id}" names a Triple; expected one of type Entity`,
    );
  });
});
