const FIRST_NAMES =
  `ada bo cleo dev eli fay gus hana ida jun kai lea max nia oma pia quin rae sol tam uma vic wren xan
  yara zoe amir bea cyd dot eve finn gia hal iris jo kit lux mia noor otis pen ravi sky taj ula val wim yuki`.split(
    /\s+/,
  );

/** Names `count` users, each another: "ada", "bo", … and, when the names are used up, "ada-2", "bo-2", … */
export function nameUsers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / FIRST_NAMES.length) + 1;
    const name = FIRST_NAMES[index % FIRST_NAMES.length]!;
    return round === 1 ? name : `${name}-${round}`;
  });
}
