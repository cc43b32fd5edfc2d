import { describe, expect, it } from "vitest";
import { nameForm, readAtoms } from "../../src/text/atoms.ts";
import { Gazetteer } from "../../src/text/Gazetteer.ts";
import { named } from "./support.ts";

const gazetteer = new Gazetteer([
  named(1, "Alien"),
  named(2, "Alien: Resurrection"),
  named(3, "Amélie", { aliases: ["Le Fabuleux destin d'Amélie Poulain", "天使爱美丽"] }),
  named(4, "The Matrix"),
]);

/** Quotes of the longest matches, left to right. */
function matches(text: string, names = gazetteer): string[] {
  const atoms = readAtoms(text);
  const found: string[] = [];
  for (let at = 0; at < atoms.length; ) {
    const match = names.match(atoms, at);
    if (match) found.push(text.slice(atoms[at].start, atoms[at + match.length - 1].end));
    at += match?.length ?? 1;
  }
  return found;
}

describe("names", () => {
  it.each([
    ["Ocean’s Eleven", "ocean s eleven"],
    ["Bill & Ted", "bill and ted"],
    ["AMÉLIE", "amelie"],
    ["雷德利·斯科特", "雷 德 利 斯 科 特"],
    ["《Alien》 3", "alien 3"],
    ["…", ""],
  ])("%s is looked up as %j", (name, form) => {
    expect(nameForm(name)).toBe(form);
  });

  it("are found longest first, whatever case, accents and punctuation", () => {
    expect(matches("alien resurrection came after ALIEN, and Amelie after both")).toEqual([
      "alien resurrection",
      "ALIEN",
      "Amelie",
    ]);
  });

  it("are found in possessives, without their article, and between Chinese characters", () => {
    expect(matches("Alien's end")).toEqual(["Alien"]);
    expect(matches("I saw Matrix twice")).toEqual(["Matrix"]);
    expect(matches("我喜欢天使爱美丽这部电影")).toEqual(["天使爱美丽"]);
  });

  it("come and go with their entities", () => {
    const names = new Gazetteer([named(1, "Alien"), named(2, "Alien")]);
    names.set(named(1, "Alien 1979"));
    expect(names.find("alien").map(({ entity }) => entity.id)).toEqual(["2"]);
    names.delete("2");
    expect(matches("Alien", names)).toEqual([]);
    expect(matches("Alien 1979", names)).toEqual(["Alien 1979"]);
    expect(names.hasItems("movie")).toBe(true);
    names.delete("1");
    expect(names.size).toBe(0);
    expect(names.hasItems("movie")).toBe(false);
  });
});
