const WORDS = `
  a about above after again all almost already also although always am an and another any anyone are around as at away
  be because been before being below between both but by came can come could did do does doing done down during each
  either else ever every few first for from further get give go had has have having he her here hers herself him himself
  his how however i if in indeed instead into is it its itself just last later least less like made make many may me
  meanwhile might more most much must my neither never next no nobody none nor not nothing now of off often on once one
  only or other others our out over own perhaps s same say saw second see she should since so some someone sometimes soon
  still such t than that the their them then there these they this those three though through thus to today together too
  two under unlike until up upon us very was we well went were what when where whether which while who whom whose why will
  with within without would yes yet yesterday you your`;

/** English words that say nothing by themselves; normalised. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));

/** What stands before a person's name without being part of it; normalised. */
export const TITLES: ReadonlySet<string> = new Set(
  "sir dame mr mrs ms dr director filmmaker actor actress star writer producer studio film movie".split(" "),
);
