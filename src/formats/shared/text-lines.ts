import type { Bytes } from '../../abi/units.ts';

const BLOCK_BYTES: Bytes = 1 << 20;
/** No event line comes near this; a longer one is handed on cut, so that a file without line ends costs no memory. */
export const LINE_CHARS = 4096;
const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;

/** A line without its line end. `isCut`: it is longer than LINE_CHARS, and the rest of it is gone; or the text ends without a line end. */
type LineVisitor = (line: string, isCut: boolean) => void;

/** Splits a text that comes in pieces into lines. Decodes block by block: the text as a whole never exists. */
export class LineSplitter {
  private readonly visit: LineVisitor;
  private readonly decoder = new TextDecoder();
  private rest = '';

  constructor(visit: LineVisitor) {
    this.visit = visit;
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
      this.split(this.decoder.decode(bytes.subarray(at, at + BLOCK_BYTES), { stream: true }));
    }
  }

  finish(): void {
    this.split(this.decoder.decode());
    if (this.rest !== '') this.visit(withoutReturn(this.rest.slice(0, LINE_CHARS)), true);
    this.rest = '';
  }

  private split(block: string): void {
    let start = 0;
    for (let end = block.indexOf('\n'); end !== -1; end = block.indexOf('\n', start)) {
      this.line(this.rest === '' ? block.slice(start, end) : this.rest + block.slice(start, end));
      this.rest = '';
      start = end + 1;
    }
    if (this.rest.length <= LINE_CHARS) this.rest += block.slice(start, start + LINE_CHARS + 1);
  }

  private line(line: string): void {
    const isCut = line.length > LINE_CHARS;
    if (isCut) this.visit(line.slice(0, LINE_CHARS), true);
    else this.visit(withoutReturn(line), false);
  }
}

const withoutReturn = (line: string): string =>
  line.charCodeAt(line.length - 1) === RETURN ? line.slice(0, -1) : line;

/** Calls `visit` with each line of a whole text. */
export function forEachLine(bytes: Uint8Array, visit: LineVisitor): void {
  const lines = new LineSplitter(visit);
  lines.push(bytes);
  lines.finish();
}

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
