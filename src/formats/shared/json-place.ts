/** What JSON may have at a place: a value, or a key, or what follows one of them. */
type Wanted = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end';

const SPACE = /[ \t\n\r]*/y;
/** Anything but the quote, the backslash and what comes before the blank. */
const STRING = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Where a text stops being JSON, as an index; its length where something is missing at the end.
 * JSON.parse is no help: its message names the place in some engines and some cases only.
 */
export function jsonBreaksAt(text: string): number {
  const open: ('{' | '[')[] = [];
  let wanted: Wanted = 'value';
  let at = endOf(SPACE, text, 0) ?? 0;
  while (at < text.length && !(open.length === 0 && wanted === 'comma-or-end')) {
    const letter = text[at]!;
    const isClose = letter === (open.at(-1) === '{' ? '}' : ']') && wanted.endsWith('-or-end');
    let end: number | undefined = at + 1;
    if (isClose) {
      open.pop();
      wanted = 'comma-or-end';
    } else if (wanted === 'colon') {
      if (letter !== ':') return at;
      wanted = 'value';
    } else if (wanted === 'comma-or-end') {
      if (letter !== ',') return at;
      wanted = open.at(-1) === '{' ? 'key' : 'value';
    } else if (wanted.startsWith('key')) {
      end = endOf(STRING, text, at);
      wanted = 'colon';
    } else if (letter === '{' || letter === '[') {
      open.push(letter);
      wanted = letter === '{' ? 'key-or-end' : 'value-or-end';
    } else {
      end = endOf(STRING, text, at) ?? endOf(SCALAR, text, at);
      wanted = 'comma-or-end';
    }
    if (end === undefined) return at;
    at = endOf(SPACE, text, end) ?? end;
  }
  return at;
}

function endOf(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
