const [QUOTE, BACKSLASH, HASH, NEWLINE, RETURN] = [...'"\\#\n\r'].map((sign) => sign.charCodeAt(0));
const OPENING = new Set([..."({["].map((sign) => sign.charCodeAt(0)));
const CLOSING = new Set([...")}]"].map((sign) => sign.charCodeAt(0)));

/**
 * How deep brackets stand inside each other in a GraphQL document or a JSON text, read once from left to right. What
 * parses such texts goes one call deeper for each, so they are counted before anything is parsed.
 */
export function nestingOf(text: string, comments: boolean): number {
  let [depth, deepest] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) at = endOfString(text, at, comments);
    else if (sign === HASH && comments) at = endOfLine(text, at);
    else if (OPENING.has(sign)) deepest = Math.max(deepest, ++depth);
    else if (CLOSING.has(sign)) depth--;
  }
  return deepest;
}

/** Position of the last sign of the string that begins at `start`; block strings are GraphQL's. */
function endOfString(text: string, start: number, blocks: boolean): number {
  if (blocks && text.startsWith('"""', start)) {
    let at = start + 3;
    for (; at < text.length && !text.startsWith('"""', at); at++) if (text.startsWith('\\"""', at)) at += 3;
    return at + 2;
  }
  for (let at = start + 1; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === BACKSLASH) at++;
    else if (sign === QUOTE || sign === NEWLINE || sign === RETURN) return at;
  }
  return text.length;
}

function endOfLine(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) !== NEWLINE && text.charCodeAt(at) !== RETURN) at++;
  return at;
}
