/** A request as drawn: its box in CSS pixels, and the pages it holds. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly wide: number;
  readonly tall: number;
  readonly pages: number;
}

export interface Label {
  readonly text: string;
  /** Middle of the text, and its lower edge. */
  readonly x: number;
  readonly y: number;
}

/** From this many pages on a request says how many. */
const SAY_PAGES = 32;
const TEXT_PX = 13;
const GAP_PX = 3;
/** Boxes are looked up by slices of the time axis this wide. */
const SLICE_PX = 16;

type Box = readonly [left: number, top: number, right: number, bottom: number];

/**
 * Page counts beside the largest requests: above the bar, or below it, where no other request and no other count is; a
 * count without room is left out. The largest requests choose first. A count that only
 * repeats the one to its left is left out too: a stream of requests of one size would say it to the end.
 */
export function placeLabels(ctx: CanvasRenderingContext2D, marks: readonly Mark[], width: number): readonly Label[] {
  const slices = new Map<number, Box[]>();
  const occupy = (box: Box) => {
    for (let at = Math.floor(box[0] / SLICE_PX); at <= Math.floor(box[2] / SLICE_PX); at++)
      slices.set(at, [...(slices.get(at) ?? []), box]);
  };
  const isFree = (box: Box) => {
    for (let at = Math.floor(box[0] / SLICE_PX); at <= Math.floor(box[2] / SLICE_PX); at++)
      for (const other of slices.get(at) ?? []) if (overlap(box, other)) return false;
    return true;
  };
  const large = marks.filter(({ pages }) => pages >= SAY_PAGES).sort((a, b) => b.pages - a.pages);
  if (large.length === 0) return [];
  for (const { x, y, wide, tall } of marks) occupy([x, y, x + wide, y + tall]);
  const labels: Label[] = [];
  for (const { x, y, wide, tall, pages } of large) {
    const text = String(Math.round(pages));
    const half = ctx.measureText(text).width / 2;
    const middle = x + wide / 2;
    if (middle - half < 0 || middle + half > width) continue;
    for (const bottom of [y - GAP_PX, y + tall + GAP_PX + TEXT_PX]) {
      const box: Box = [middle - half - GAP_PX, bottom - TEXT_PX, middle + half + GAP_PX, bottom];
      if (box[1] < 0 || !isFree(box)) continue;
      occupy(box);
      labels.push({ text, x: middle, y: bottom });
      break;
    }
  }
  return labels.sort((a, b) => a.x - b.x).filter(({ text }, at) => text !== labels[at - 1]?.text);
}

function overlap(a: Box, b: Box): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
