/** Scales a vector in place to length 1 and gives it; a vector of zeros stays one. */
export function scaleToUnit(vector: Float32Array): Float32Array {
  let square = 0;
  for (const value of vector) square += value * value;
  const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
  for (let k = 0; k < vector.length; k++) vector[k] *= scale;
  return vector;
}
