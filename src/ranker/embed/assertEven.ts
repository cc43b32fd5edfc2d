/** Asserts that vectors have a real and an imaginary half. @throws {RangeError} where D is odd */
export function assertEven(model: string, dimension: number): void {
  if (dimension % 2 === 0) return;
  throw new RangeError(`the dimension of ${model} is ${dimension}; expected an even number`);
}
