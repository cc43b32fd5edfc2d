/** Makes the readable part of a key from a name: "Alejandro González Iñárritu" → "alejandro-gonzalez-inarritu". */
export function slug(name: string): string {
  const words = name
    .replace("½", " half")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("&", " and ")
    .replace(/['’]/g, "")
    .match(/[a-z0-9]+/g);
  if (words === null)
    throw new RangeError(`name ${JSON.stringify(name)}: expected letters or digits to make a key of`);
  return words.join("-");
}
