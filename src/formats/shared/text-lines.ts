import type { Bytes } from '../../abi/units.ts';

const BLOCK_BYTES: Bytes = 1 << 20;
/** No event line comes near this; a longer one is handed on cut, so that a file without line ends costs no memory. */
const LINE_CHARS = 4096;
const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;

/** Calls `visit` with each line, without its line end. Decodes block by block: the text as a whole never exists. */
export function forEachLine(bytes: Uint8Array, visit: (line: string) => void): void {
  const decoder = new TextDecoder();
  let rest = '';
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    const block = decoder.decode(bytes.subarray(at, at + BLOCK_BYTES), { stream: true });
    let start = 0;
    for (let end = block.indexOf('\n'); end !== -1; end = block.indexOf('\n', start)) {
      visit(withoutReturn(rest + block.slice(start, end)));
      rest = '';
      start = end + 1;
    }
    if (rest.length < LINE_CHARS) rest += block.slice(start, start + LINE_CHARS);
  }
  rest += decoder.decode();
  if (rest !== '') visit(withoutReturn(rest));
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

/** A text has no NUL and hardly any control characters; judged by the head alone, which costs nothing at 100 MB. */
export function looksBinary(head: Uint8Array): boolean {
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) return true;
    if (byte < SPACE && byte !== TAB && byte !== LINE_FEED && byte !== RETURN) controls++;
  }
  return controls > head.length / 100 || isNotUtf8(head);
}

/** Names and paths may hold anything, so a few broken characters are let pass. */
function isNotUtf8(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head);
  let broken = 0;
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) broken++;
  return broken > head.length / 20;
}
