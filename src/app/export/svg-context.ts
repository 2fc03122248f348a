/**
 * A 2D context that writes SVG: the pictures' drawing functions run on it unchanged, so that an exported picture is made
 * of lines and letters. It knows the calls that those functions make (svg-context.test.ts holds it to that); bitmaps
 * become images inside the file.
 */
export class SvgContext {
  fillStyle: string | Paint = '#000000';
  strokeStyle: string | Paint = '#000000';
  lineWidth = 1;
  lineCap = 'butt';
  lineJoin = 'miter';
  lineDashOffset = 0;
  globalAlpha = 1;
  font = '10px sans-serif';
  textAlign = 'left';
  textBaseline = 'alphabetic';
  imageSmoothingEnabled = true;

  private matrix: Matrix = [1, 0, 0, 1, 0, 0];
  private clipId = '';
  private openClip = '';
  private dash: readonly number[] = [];
  private path = '';
  private readonly saved: Saved[] = [];
  private readonly parts: string[] = [];
  private readonly defs: string[] = [];
  private readonly letters: Pick<CanvasRenderingContext2D, 'font' | 'measureText'>;
  private readonly toUrl: (image: CanvasImageSource | ImageData) => string;

  /** `letters` measures text; `toUrl` makes a data: address of a bitmap. */
  constructor(
    letters: Pick<CanvasRenderingContext2D, 'font' | 'measureText'>,
    toUrl: (image: CanvasImageSource | ImageData) => string,
  ) {
    this.letters = letters;
    this.toUrl = toUrl;
  }

  /** The file. */
  toSvg(width: number, height: number): string {
    const size = `width="${num(width)}" height="${num(height)}" viewBox="0 0 ${num(width)} ${num(height)}"`;
    const defs = this.defs.length > 0 ? `<defs>${this.defs.join('')}</defs>\n` : '';
    const end = this.openClip ? '</g>\n' : '';
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n${defs}${this.parts.join('\n')}\n${end}</svg>\n`;
  }

  /** SVG that is there already, at a place. */
  embed(markup: string): void {
    this.emit(`<g${this.moved()}>${markup}</g>`);
  }

  save(): void {
    const { matrix, clipId, dash } = this;
    this.saved.push({ matrix, clipId, dash, style: Object.fromEntries(STYLES.map((name) => [name, this[name]])) });
  }

  restore(): void {
    const last = this.saved.pop();
    if (!last) return;
    this.matrix = last.matrix;
    this.clipId = last.clipId;
    this.dash = last.dash;
    Object.assign(this, last.style);
  }

  transform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    const [A, B, C, D, E, F] = this.matrix;
    this.matrix = [A * a + C * b, B * a + D * b, A * c + C * d, B * c + D * d, A * e + C * f + E, B * e + D * f + F];
  }
  setTransform(...matrix: Matrix): void {
    this.matrix = matrix;
  }
  translate(x: number, y: number): void {
    this.transform(1, 0, 0, 1, x, y);
  }
  scale(x: number, y: number): void {
    this.transform(x, 0, 0, y, 0, 0);
  }
  rotate(angle: number): void {
    this.transform(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0);
  }

  setLineDash(dash: readonly number[]): void {
    this.dash = dash;
  }
  getLineDash(): readonly number[] {
    return this.dash;
  }

  beginPath(): void {
    this.path = '';
  }
  closePath(): void {
    this.path += 'Z';
  }
  moveTo(x: number, y: number): void {
    this.path += `M${num(x)} ${num(y)}`;
  }
  lineTo(x: number, y: number): void {
    this.path += `${this.path === '' ? 'M' : 'L'}${num(x)} ${num(y)}`;
  }
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void {
    this.path += `Q${num(cx)} ${num(cy)} ${num(x)} ${num(y)}`;
  }
  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    this.path += `C${num(ax)} ${num(ay)} ${num(bx)} ${num(by)} ${num(x)} ${num(y)}`;
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.path += `M${num(x)} ${num(y)}h${num(width)}v${num(height)}h${num(-width)}Z`;
  }
  roundRect(x: number, y: number, width: number, height: number, radius: number): void {
    const r = Math.min(radius, width / 2, height / 2);
    const corner = (dx: number, dy: number) => `a${num(r)} ${num(r)} 0 0 1 ${num(dx)} ${num(dy)}`;
    this.path += `M${num(x + r)} ${num(y)}h${num(width - 2 * r)}${corner(r, r)}v${num(height - 2 * r)}${corner(-r, r)}`;
    this.path += `h${num(2 * r - width)}${corner(-r, -r)}v${num(2 * r - height)}${corner(r, -r)}Z`;
  }
  arc(x: number, y: number, radius: number, from: number, to: number, backwards = false): void {
    const at = (angle: number) => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)] as const;
    const turn = backwards ? from - to : to - from;
    const [x0, y0] = at(from);
    this.lineTo(x0, y0);
    // An arc that ends where it begins is nothing in SVG: a circle is two halves.
    const steps = turn >= 2 * Math.PI - 1e-9 ? [from + Math.PI, from + 2 * Math.PI] : [to];
    for (const step of steps) {
      const [x1, y1] = at(step);
      const isLarge = steps.length === 1 && turn > Math.PI ? 1 : 0;
      this.path += `A${num(radius)} ${num(radius)} 0 ${isLarge} ${backwards ? 0 : 1} ${num(x1)} ${num(y1)}`;
    }
  }

  clip(): void {
    const id = `clip${this.defs.length}`;
    const inside = this.clipId ? ` clip-path="url(#${this.clipId})"` : '';
    this.defs.push(`<clipPath id="${id}"${inside}><path d="${this.path}"${this.moved()}/></clipPath>`);
    this.clipId = id;
  }

  fill(): void {
    if (this.path) this.emit(`<path d="${this.path}"${this.filled()}${this.moved()}/>`);
  }
  stroke(): void {
    if (this.path) this.emit(`<path d="${this.path}" fill="none"${this.stroked()}${this.moved()}/>`);
  }
  fillRect(x: number, y: number, width: number, height: number): void {
    this.box(x, y, width, height, this.filled());
  }
  strokeRect(x: number, y: number, width: number, height: number): void {
    this.box(x, y, width, height, ` fill="none"${this.stroked()}`);
  }
  /** The sheet is empty to begin with, and no drawing takes back what it drew. */
  clearRect(): void {}

  measureText(text: string): TextMetrics {
    this.letters.font = this.font;
    return this.letters.measureText(text);
  }
  fillText(text: string, x: number, y: number, maxWidth = Number.POSITIVE_INFINITY): void {
    const anchor = ANCHORS[this.textAlign] ?? 'start';
    const dy = BASELINES[this.textBaseline] ?? 0;
    // As wide as here, also where the file is opened without these letters.
    const width = Math.min(this.measureText(text).width, maxWidth);
    const squeezed = ` textLength="${num(width)}" lengthAdjust="spacingAndGlyphs"`;
    const where = `x="${num(x)}" y="${num(y)}" dy="${dy}em" text-anchor="${anchor}"${squeezed}`;
    const font = `style="font:${escapeXml(this.font)};white-space:pre"`;
    this.emit(`<text ${where} ${font}${this.filled()}${this.moved()}>${escapeXml(text)}</text>`);
  }

  createImageData(width: number, height: number): ImageData {
    return new ImageData(width, height);
  }
  putImageData(image: ImageData, x: number, y: number): void {
    this.drawImage(image as unknown as CanvasImageSource, x, y, image.width, image.height);
  }
  /** The whole of a bitmap into a box; three or five arguments. */
  drawImage(image: CanvasImageSource, x: number, y: number, width?: number, height?: number): void {
    const own = image as unknown as { readonly width: number; readonly height: number };
    const size = `width="${num(width ?? own.width)}" height="${num(height ?? own.height)}"`;
    const sharp = this.imageSmoothingEnabled ? '' : ' style="image-rendering:pixelated"';
    const how = `${sharp} preserveAspectRatio="none" href="${this.toUrl(image)}"${this.moved()}`;
    this.emit(`<image x="${num(x)}" y="${num(y)}" ${size}${how}/>`);
  }
  createPattern(image: CanvasImageSource): Paint {
    const { width, height } = image as unknown as { readonly width: number; readonly height: number };
    const id = `pattern${this.defs.length}`;
    const size = `width="${width}" height="${height}"`;
    const tile = `<image ${size} href="${this.toUrl(image)}"/>`;
    this.defs.push(`<pattern id="${id}" patternUnits="userSpaceOnUse" ${size}>${tile}</pattern>`);
    return { url: `url(#${id})` };
  }

  private box(x: number, y: number, width: number, height: number, paint: string): void {
    const [left, top] = [Math.min(x, x + width), Math.min(y, y + height)];
    const size = `width="${num(Math.abs(width))}" height="${num(Math.abs(height))}"`;
    this.emit(`<rect x="${num(left)}" y="${num(top)}" ${size}${paint}${this.moved()}/>`);
  }

  /** A clip is in the sheet's coordinates, so it stands around what is moved; neighbours share it. */
  private emit(markup: string): void {
    if (this.openClip !== this.clipId) {
      if (this.openClip) this.parts.push('</g>');
      if (this.clipId) this.parts.push(`<g clip-path="url(#${this.clipId})">`);
      this.openClip = this.clipId;
    }
    this.parts.push(markup);
  }

  private filled(): string {
    return ` fill="${urlOf(this.fillStyle)}"${this.faint()}`;
  }
  private stroked(): string {
    const dash = this.dash.length > 0 ? ` stroke-dasharray="${this.dash.join(' ')}"` : '';
    const offset = this.lineDashOffset === 0 ? '' : ` stroke-dashoffset="${num(this.lineDashOffset)}"`;
    const cap = this.lineCap === 'butt' ? '' : ` stroke-linecap="${this.lineCap}"`;
    const join = this.lineJoin === 'miter' ? '' : ` stroke-linejoin="${this.lineJoin}"`;
    const line = ` stroke="${urlOf(this.strokeStyle)}" stroke-width="${num(this.lineWidth)}"`;
    return `${line}${dash}${offset}${cap}${join}${this.faint()}`;
  }
  private faint(): string {
    return this.globalAlpha === 1 ? '' : ` opacity="${num(this.globalAlpha)}"`;
  }
  private moved(): string {
    const [a, b, c, d, e, f] = this.matrix;
    if (a !== 1 || b !== 0 || c !== 0 || d !== 1) return ` transform="matrix(${this.matrix.map(num).join(' ')})"`;
    return e === 0 && f === 0 ? '' : ` transform="translate(${num(e)} ${num(f)})"`;
  }
}

type Matrix = [number, number, number, number, number, number];
/** What is no plain colour lies among the file's definitions. */
interface Paint {
  readonly url: string;
}
const STYLES = [
  'fillStyle',
  'strokeStyle',
  'lineWidth',
  'lineCap',
  'lineJoin',
  'lineDashOffset',
  'globalAlpha',
  'font',
  'textAlign',
  'textBaseline',
  'imageSmoothingEnabled',
] as const;
interface Saved {
  readonly matrix: Matrix;
  readonly clipId: string;
  readonly dash: readonly number[];
  readonly style: Partial<SvgContext>;
}

const ANCHORS: Readonly<Record<string, string>> = { center: 'middle', right: 'end', end: 'end' };
/** How far below its place the letters' line lies, em: programs that open the file disagree on SVG's own names for it. */
const BASELINES: Readonly<Record<string, number>> = { top: 0.85, hanging: 0.75, middle: 0.35, bottom: -0.2 };

const urlOf = (paint: string | Paint): string => (typeof paint === 'string' ? escapeXml(paint) : paint.url);
const num = (value: number): string => String(Math.round(value * 100) / 100);
const escapeXml = (text: string): string => text.replace(/[<>&"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
