import { redraw } from '../../views/shared/use-canvas.ts';

export interface Surface {
  readonly ctx: CanvasRenderingContext2D;
  /** Canvases are drawn again on it, sharp at any size; else their pixels are copied, which is faster. */
  readonly redrawn: boolean;
  /** Charts come as SVG already. */
  readonly chart: (svg: SVGSVGElement, box: Box) => void;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Paints a part of the page as it stands: boxes, letters, canvases and charts, all through the calls of a 2D context. */
export function paintElement(root: HTMLElement, surface: Surface): void {
  const { left, top } = root.getBoundingClientRect();
  const boxOf = ({ left: x, top: y, width, height }: DOMRect): Box => ({ x: x - left, y: y - top, width, height });
  paintInside(root, surface, boxOf);
}

type BoxOf = (rect: DOMRect) => Box;

function paintInside(element: HTMLElement | SVGElement, surface: Surface, boxOf: BoxOf): void {
  // What is for the ear, the little pictures on buttons, and what is not shown.
  if (!element.checkVisibility({ visibilityProperty: true }) || element.matches('.spoken, .lucide')) return;
  const box = boxOf(element.getBoundingClientRect());
  if (element instanceof SVGSVGElement) surface.chart(element, box);
  else if (element instanceof HTMLElement) paintHtml(element, surface, box, boxOf);
}

function paintHtml(element: HTMLElement, surface: Surface, box: Box, boxOf: BoxOf): void {
  const { ctx } = surface;
  const style = getComputedStyle(element);
  paintBox(ctx, style, box);
  if (element instanceof HTMLCanvasElement) paintCanvas(element, style, surface, box);
  else if (element instanceof HTMLInputElement) paintField(ctx, element, style, box);
  else {
    const isCut = style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth;
    if (isCut) clipTo(ctx, box);
    for (const child of element.childNodes) {
      if (child instanceof Text) paintText(ctx, child, style, boxOf, zoomOf(element));
      else if (child instanceof HTMLElement || child instanceof SVGElement) paintInside(child, surface, boxOf);
    }
    if (isCut) ctx.restore();
  }
}

const zoomOf = (element: Element & { readonly currentCSSZoom?: number }): number => element.currentCSSZoom ?? 1;

function clipTo(ctx: CanvasRenderingContext2D, { x, y, width, height }: Box): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, width, height);
  ctx.clip();
}

const CLEAR = 'rgba(0, 0, 0, 0)';

function paintBox(ctx: CanvasRenderingContext2D, style: CSSStyleDeclaration, { x, y, width, height }: Box): void {
  const radius = Number.parseFloat(style.borderTopLeftRadius) || 0;
  if (style.backgroundColor !== CLEAR) {
    ctx.fillStyle = style.backgroundColor;
    ctx.beginPath();
    ctx.roundRect(x, y, width, height, radius);
    ctx.fill();
  }
  paintStripes(ctx, style, { x, y, width, height });
  const line = Number.parseFloat(style.borderBottomWidth);
  const [top, right, bottom, left] = (['Top', 'Right', 'Bottom', 'Left'] as const).map(
    (side) => Number.parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== 'none',
  );
  if (top && right && bottom && left) {
    ctx.save();
    ctx.strokeStyle = style.borderTopColor;
    ctx.lineWidth = line;
    ctx.setLineDash(style.borderTopStyle === 'dashed' ? [3, 2] : []);
    ctx.beginPath();
    ctx.roundRect(x + line / 2, y + line / 2, width - line, height - line, radius);
    ctx.stroke();
    ctx.restore();
    return;
  }
  const hair = (on: boolean | undefined, colour: string, ...[hx, hy, wide, high]: readonly number[]) => {
    if (!on) return;
    ctx.fillStyle = colour;
    ctx.fillRect(hx!, hy!, wide!, high!);
  };
  hair(top, style.borderTopColor, x, y, width, Number.parseFloat(style.borderTopWidth));
  hair(bottom, style.borderBottomColor, x, y + height - line, width, line);
  hair(left, style.borderLeftColor, x, y, Number.parseFloat(style.borderLeftWidth), height);
  const wide = Number.parseFloat(style.borderRightWidth);
  hair(right, style.borderRightColor, x + width - wide, y, wide, height);
}

/** The page's only background pictures are hatches of upright stripes. */
function paintStripes(ctx: CanvasRenderingContext2D, style: CSSStyleDeclaration, { x, y, width, height }: Box): void {
  const colour = /^repeating-linear-gradient\(.*?(rgba?\([^)]+\))/.exec(style.backgroundImage)?.[1];
  if (colour === undefined) return;
  ctx.fillStyle = colour;
  for (let at = 0; at < width; at += 2.5) ctx.fillRect(x + at, y, 1.25, height);
}

function paintCanvas(canvas: HTMLCanvasElement, style: CSSStyleDeclaration, { ctx, redrawn }: Surface, box: Box): void {
  if (canvas.width === 0 || canvas.height === 0 || box.width === 0) return;
  ctx.save();
  if (redrawn) {
    const zoom = zoomOf(canvas);
    clipTo(ctx, box);
    ctx.translate(box.x, box.y);
    ctx.scale(zoom, zoom);
    const isDone = redraw(canvas, ctx);
    ctx.restore();
    ctx.restore();
    if (isDone) return;
    ctx.save();
  }
  ctx.imageSmoothingEnabled = style.imageRendering !== 'pixelated';
  ctx.drawImage(canvas, box.x, box.y, box.width, box.height);
  ctx.restore();
}

function fontOf({ fontStyle, fontWeight, fontSize, fontFamily }: CSSStyleDeclaration, zoom: number): string {
  const slant = fontStyle === 'normal' ? '' : `${fontStyle} `;
  return `${slant}${fontWeight} ${Number.parseFloat(fontSize) * zoom}px ${fontFamily}`;
}

/** Only these break a line or run together; a thin space is a letter. */
const GAP = /[ \n\t\r]+/g;
const WORD = /[^ \n\t\r]+[ \n\t\r]*/g;

/** Line by line, each where the browser set it. */
function paintText(
  ctx: CanvasRenderingContext2D,
  node: Text,
  style: CSSStyleDeclaration,
  boxOf: BoxOf,
  zoom: number,
): void {
  if (node.data.trim() === '') return;
  ctx.font = fontOf(style, zoom);
  ctx.fillStyle = style.color;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  const range = document.createRange();
  let line = '';
  let at: Box | undefined;
  const flush = () => {
    if (at) ctx.fillText(line.replace(GAP, ' ').trimEnd(), at.x, at.y + at.height / 2);
  };
  for (const word of node.data.matchAll(WORD)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].trimEnd().length);
    const rect = range.getClientRects()[0];
    if (!rect) continue;
    const box = boxOf(rect);
    if (at && Math.abs(at.y - box.y) < box.height / 2) line += word[0];
    else {
      flush();
      line = word[0];
      at = box;
    }
  }
  flush();
}

function paintField(
  ctx: CanvasRenderingContext2D,
  field: HTMLInputElement,
  style: CSSStyleDeclaration,
  { x, y, height }: Box,
): void {
  ctx.font = fontOf(style, zoomOf(field));
  ctx.fillStyle = style.color;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillText(field.value, x + Number.parseFloat(style.paddingLeft), y + height / 2);
}
