import { expect, it } from "vitest";
import { drawLines } from "../../../src/ranker/evaluate/report/drawLines.ts";

it("draws a panel per line, from corner to corner, and escapes its label", () => {
  const points = [
    { x: 1, y: 4 },
    { x: 2, y: 2 },
    { x: 3, y: 3 },
  ];
  const svg = drawLines(
    [
      { label: "loss <a>", points },
      { label: "valid", points },
    ],
    "epoch",
  );
  // Left 72 to 720 − 16; 4 at the top (36), 2 at the floor (220 − 32 = 188), 3 half way.
  expect(svg).toContain('<path class="line" d="M72 36L388 188L704 112"/>');
  expect(svg).toContain("loss &#60;a&#62;");
  expect(svg).toContain('height="440"');
});
