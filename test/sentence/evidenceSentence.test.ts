import { describe, expect, it } from "vitest";
import { evidenceSentence } from "../../src/sentence/evidenceSentence.ts";
import { alike, back, names, out, together, told } from "./tale.ts";

const say = (...path: Parameters<typeof told>) => evidenceSentence(told(...path), names);

describe("evidence in words", () => {
  it("names the shared entity by the relation's label", () => {
    expect(say([out("Alien", 1, "Ridley Scott"), back("Ridley Scott", 1, "Blade Runner")])).toBe(
      "because you rated Alien, also directed by Ridley Scott",
    );
  });

  it("puts a pronoun before a label that begins with a verb", () => {
    expect(say([out("Alien", 2, "Horror"), back("Horror", 2, "Saw")])).toBe(
      "because you rated Alien, which also has genre Horror",
    );
  });

  it("reads a relation from its tail by its inverse label", () => {
    // Alien –remade as→ X means that X is a remake of Alien; both ends are tails of it here.
    expect(say([back("A", 5, "Original"), out("Original", 5, "B")])).toBe(
      "because you rated A, also a remake of Original",
    );
  });

  it("stays neutral where a relation would be read from its tail and has no inverse label", () => {
    expect(say([back("Alien", 3, "Fox"), out("Fox", 3, "Aliens")])).toBe(
      "because you rated Alien; Alien and Aliens are both linked to Fox by “made”",
    );
  });

  it("tells two relations to the same entity apart", () => {
    expect(say([out("Unforgiven", 7, "Clint Eastwood"), back("Clint Eastwood", 1, "Mystic River")])).toBe(
      "because you rated Unforgiven, starring Clint Eastwood, and this one directed by Clint Eastwood",
    );
    expect(say([out("Alien", 7, "Fox"), out("Fox", 3, "Aliens")])).toBe(
      "because you rated Alien; Alien is linked to Fox by “starring”, and Aliens by “made”",
    );
  });

  it("reads a direct triple in the direction that it has", () => {
    expect(say([out("Alien", 4, "Aliens")])).toBe("because you rated Alien, followed by Aliens");
    expect(say([back("Aliens", 4, "Alien")])).toBe("because you rated Aliens, and Alien followed by Aliens");
    expect(say([back("The Ring", 5, "Ringu")])).toBe("because you rated The Ring, a remake of Ringu");
    expect(say([back("Tea", 6, "Milk")])).toBe("because you rated Tea, often paired with Milk");
  });

  it.each([
    ["rating", "because people who rated Alien also rated it"],
    ["listen", "because people who listened to Alien also listened to it"],
    ["view", "because people who viewed Alien also viewed it"],
    ["purchase", "because people who bought Alien also bought it"],
    ["like", "because people who liked Alien also liked it"],
    ["bookmark", "because people who interacted with Alien also interacted with it"],
    ["interest", "because people who interacted with Alien also interacted with it"],
  ])("says what people did by the user's own %s", (kind, sentence) => {
    expect(say([together("Alien", "Aliens")], { kind })).toBe(sentence);
  });

  it("calls an interest what it is", () => {
    expect(
      say([out("Alien", 1, "Ridley Scott"), back("Ridley Scott", 1, "Gladiator")], { kind: "interest" }),
    ).toBe("because you are interested in Alien, also directed by Ridley Scott");
    expect(say([back("Ridley Scott", 1, "Gladiator")], { kind: "interest" })).toBe(
      "because you are interested in Ridley Scott: directed by Ridley Scott",
    );
  });

  it("speaks of nobody where the path starts from no interaction", () => {
    const none = { kind: null };
    expect(say([out("Alien", 1, "Ridley Scott"), back("Ridley Scott", 1, "Gladiator")], none)).toBe(
      "like Alien, also directed by Ridley Scott",
    );
    expect(say([together("Alien", "Aliens")], none)).toBe(
      "because people who interacted with Alien also interacted with it",
    );
    expect(say([back("Alien", 3, "Fox"), out("Fox", 3, "Aliens")], none)).toBe(
      "because Alien and Aliens are both linked to Fox by “made”",
    );
  });

  it("tells a longer path clause by clause", () => {
    const path = [
      together("Alien", "Aliens"),
      out("Aliens", 1, "James Cameron"),
      back("James Cameron", 1, "Titanic"),
    ];
    expect(say(path)).toBe(
      "because you rated Alien; people who rated Alien also rated Aliens, and Aliens and Titanic are both linked to James Cameron by “directed by”",
    );
    const triples = [out("Alien", 4, "Aliens"), back("Aliens", 4, "Alien"), out("Alien", 4, "Predator")];
    expect(say(triples)).toBe(
      "because you rated Alien; Alien and Alien are both linked to Aliens by “followed by”, and Alien and Predator are linked by “followed by”",
    );
  });

  it("says that texts are alike", () => {
    expect(say([alike("Alien", "Life")])).toBe("because you rated Alien, described in similar words");
  });

  it("says of a negative contribution that it counts against the item", () => {
    expect(say([together("Alien", "Heidi")], { contribution: -1 })).toBe(
      "less so because people who rated Alien also rated it",
    );
  });
});
