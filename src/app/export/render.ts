import { type Box, paintElement } from './paint-element.ts';
import { SvgContext } from './svg-context.ts';

const MARGIN = 14;
const FOOT = 24;
/** Device pixels per CSS pixel of a PNG: sharp on paper too. */
const PNG_SCALE = 2;

interface Sheet {
  readonly width: number;
  readonly height: number;
}

/** With what would have to be scrolled to. */
const sheetFor = (element: HTMLElement): Sheet => {
  const { width, height: shown } = element.getBoundingClientRect();
  const height = Math.max(shown, element.scrollHeight);
  return { width: Math.ceil(width) + 2 * MARGIN, height: Math.ceil(height) + 2 * MARGIN + FOOT };
};

/** Every picture says what it shows: it will lie in a mail without its page. */
function paintSheet(ctx: CanvasRenderingContext2D, { width, height }: Sheet, caption: string): void {
  const style = getComputedStyle(document.documentElement);
  ctx.fillStyle = style.getPropertyValue('--bg');
  ctx.fillRect(0, 0, width, height);
  ctx.fillStyle = style.getPropertyValue('--soft');
  ctx.font = '12px "Inter Variable", system-ui, sans-serif';
  ctx.textBaseline = 'middle';
  ctx.fillText(caption, MARGIN, height - FOOT / 2 - 2, width - 2 * MARGIN);
}

export async function toPng(element: HTMLElement, caption: string): Promise<Blob | undefined> {
  const sheet = sheetFor(element);
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: sheet.width * PNG_SCALE, height: sheet.height * PNG_SCALE });
  const ctx = canvas.getContext('2d');
  if (!ctx) return undefined;
  const charts = await chartsIn(element);
  ctx.scale(PNG_SCALE, PNG_SCALE);
  paintSheet(ctx, sheet, caption);
  ctx.translate(MARGIN, MARGIN + element.scrollTop);
  const chart = (svg: SVGSVGElement, { x, y, width, height }: Box) => {
    const image = charts.get(svg);
    if (image && width > 0) ctx.drawImage(image, x, y, width, height);
  };
  paintElement(element, { ctx, redrawn: true, chart });
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'));
}

export function toSvg(element: HTMLElement, caption: string): Blob | undefined {
  const letters = document.createElement('canvas').getContext('2d');
  if (!letters) return undefined;
  const sheet = sheetFor(element);
  const svg = new SvgContext(letters, bitmapUrl);
  // It has the calls that drawings make, not all of a context's.
  const ctx = svg as unknown as CanvasRenderingContext2D;
  paintSheet(ctx, sheet, caption);
  ctx.translate(MARGIN, MARGIN + element.scrollTop);
  paintElement(element, {
    ctx,
    redrawn: true,
    chart: (chart, { x, y }) => {
      ctx.save();
      ctx.translate(x, y);
      svg.embed(standalone(chart));
      ctx.restore();
    },
  });
  return new Blob([svg.toSvg(sheet.width, sheet.height)], { type: 'image/svg+xml' });
}

function bitmapUrl(image: CanvasImageSource | ImageData): string {
  const canvas = document.createElement('canvas');
  const { width, height } = image as { readonly width: number; readonly height: number };
  Object.assign(canvas, { width, height });
  const ctx = canvas.getContext('2d');
  if (image instanceof ImageData) ctx?.putImageData(image, 0, 0);
  else ctx?.drawImage(image, 0, 0);
  return canvas.toDataURL('image/png');
}

const INLINED = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'font',
  'text-anchor',
];

/** A chart with its style sheet's words written into it. */
function standalone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [i, own] of [svg, ...svg.querySelectorAll('*')].entries()) {
    const style = getComputedStyle(own);
    const words = INLINED.map((name) => `${name}:${style.getPropertyValue(name)}`);
    const target = copies[i] as SVGElement | undefined;
    // Not as an attribute: the page's content policy lets only scripts set styles.
    if (target) target.style.cssText = words.join(';');
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  return new XMLSerializer().serializeToString(copy);
}

async function chartsIn(element: HTMLElement): Promise<ReadonlyMap<SVGSVGElement, HTMLImageElement>> {
  const charts = [...element.querySelectorAll<SVGSVGElement>('svg:not(.lucide)')];
  const loaded = charts.map(async (svg) => {
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(standalone(svg))}`;
    await image.decode();
    return [svg, image] as const;
  });
  const settled = await Promise.allSettled(loaded);
  return new Map(settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
}
