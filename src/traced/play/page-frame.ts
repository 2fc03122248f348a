import { CELL, LENS_PAGES, LIST_NAMES, type MachineFrame } from '../../abi/frame.ts';
import type { CellOrder, Found, FoundPage, Spot, StripFrame, Thing } from '../../abi/look.ts';
import type { Pages } from '../../abi/units.ts';
import { NONE, type PageRows } from './page-rows.ts';
import type { PageState } from './page-state.ts';

// The pages that a trace has shown, as cells in the orders that the pictures want.

/** More cells of one file than this are not drawn: an index may lie anywhere. */
const STRIP_PAGES_MAX = 2 ** 20;

const INACTIVE_FILE = LIST_NAMES.indexOf('inactive_file');

interface PagePart extends Pick<MachineFrame, 'cells' | 'order' | 'strips' | 'listPages' | 'found'> {
  /** Cells of the lens. */
  readonly tail: Uint8Array;
}

export class PagePicture {
  private readonly of: PageRows;
  private readonly pages: PageState;
  private readonly order: CellOrder;

  constructor(of: PageRows, pages: PageState, order: CellOrder) {
    this.of = of;
    this.pages = pages;
    this.order = order;
  }

  part(lit: readonly Thing[]): PagePart {
    const { order } = this;
    return {
      cells: this.cells(),
      order,
      strips: this.strips(),
      listPages: this.of.pfns.length === 0 ? [] : Array.from(this.pages.lengths),
      found: lit.map((thing) => this.find(thing)),
      tail: Uint8Array.from(this.tail(), (frame) => this.pages.cell[frame]!),
    };
  }

  /** Frames of the last pages of the inactive file list, the oldest last. */
  private tail(): readonly number[] {
    const frames: number[] = [];
    const { heads } = this.pages;
    const head = heads[INACTIVE_FILE] ?? NONE;
    for (let frame = head; frame !== NONE; frame = this.pages.olderThan(frame)) frames.push(frame);
    return frames.slice(-LENS_PAGES);
  }

  /** The frame that each cell shows; NONE: a page that is not in memory. */
  frames(): Int32Array {
    if (this.order === 'list') return this.listed();
    if (this.order === 'pfn') return framesByPfn(this.of);
    const starts = this.starts();
    const frames = new Int32Array(starts.at(-1)!).fill(NONE);
    const { space, index, cell } = this.pages;
    for (let frame = 0; frame < cell.length; frame++) {
      const of = space[frame]!;
      if (of !== NONE && index[frame]! < STRIP_PAGES_MAX) frames[starts[of]! + index[frame]!] = frame;
    }
    return frames;
  }

  pageAt({ in: where, at }: Spot): Thing | undefined {
    if (where === 'lens') {
      const frame = this.tail()[at] ?? NONE;
      return frame === NONE ? undefined : this.nameOf(frame);
    }
    if (where !== 'cells') return undefined;
    if (this.order === 'file') return this.pageOfStrip(at);
    const frame = this.frames()[at] ?? NONE;
    return frame === NONE ? undefined : this.nameOf(frame);
  }

  private cells(): Uint8Array {
    const { cell } = this.pages;
    return Uint8Array.from(this.frames(), (frame) => (frame === NONE ? CELL.FREE : cell[frame]!));
  }

  private listed(): Int32Array {
    const { heads, lengths } = this.pages;
    const frames = new Int32Array(lengths.reduce((sum, length) => sum + length, 0));
    let at = 0;
    for (const head of heads)
      for (let frame = head; frame !== NONE; frame = this.pages.olderThan(frame)) frames[at++] = frame;
    return frames;
  }

  private strips(): StripFrame[] {
    if (this.order === 'list') return [];
    if (this.order === 'pfn') return [{ kind: 'memory', name: 'frames seen', space: NONE, pages: this.of.pfns.length }];
    return this.of.spaces.map(({ name }, space) => ({ kind: 'file', name, space, pages: this.stripPages(space) }));
  }

  private stripPages(space: number): Pages {
    return Math.min(STRIP_PAGES_MAX, this.of.spaces[space]!.pages);
  }

  /** First cell of each strip, and the end of the last. */
  private starts(): number[] {
    const starts = [0];
    for (let space = 0; space < this.of.spaces.length; space++) starts.push(starts.at(-1)! + this.stripPages(space));
    return starts;
  }

  private pageOfStrip(at: number): Thing | undefined {
    const starts = this.starts();
    const space = starts.findLastIndex((start) => start <= at);
    return at < starts.at(-1)! ? { kind: 'page', space, index: at - starts[space]! } : undefined;
  }

  private nameOf(frame: number): Thing | undefined {
    const space = this.pages.space[frame]!;
    return space === NONE ? undefined : { kind: 'page', space, index: this.pages.index[frame]! };
  }

  private find(thing: Thing): Found {
    if (thing.kind !== 'page') return { thing };
    const { of, pages } = this;
    const file = of.spaces[thing.space];
    if (!file) return { thing };
    const isIt = (space: number, frame: number) => space === thing.space && pages.index[frame] === thing.index;
    const frame = pages.space.findIndex(isIt);
    const page: FoundPage = {
      name: file.name,
      pfn: frame < 0 ? NONE : of.pfns[frame]!,
      cell: frame < 0 ? CELL.FREE : pages.cell[frame]!,
      laps: 0,
      list: frame < 0 ? NONE : pages.list[frame]!,
      fromTail: frame < 0 ? NONE : this.fromTail(frame),
      at: this.placeOf(thing, frame),
      lensAt: frame < 0 ? NONE : this.tail().indexOf(frame),
      memcg: '',
      isolatedBy: NONE,
      requestSector: NONE,
      isQueued: false,
    };
    return { thing, page };
  }

  private placeOf({ space, index }: Thing & { kind: 'page' }, frame: number): number {
    if (this.order === 'file') return index < STRIP_PAGES_MAX ? this.starts()[space]! + index : NONE;
    return frame < 0 ? NONE : this.frames().indexOf(frame);
  }

  private fromTail(frame: number): Pages {
    const list = this.pages.list[frame]!;
    if (list === NONE) return NONE;
    let older = 0;
    for (let at = this.pages.olderThan(frame); at !== NONE; at = this.pages.olderThan(at)) older++;
    return older;
  }
}

/** Frames in the order of their numbers; found once, for it never changes. */
const ordered = new WeakMap<PageRows, Int32Array>();
function framesByPfn(of: PageRows): Int32Array {
  const known = ordered.get(of);
  if (known) return known;
  const frames = Int32Array.from(of.pfns, (_, frame) => frame).sort((a, b) => of.pfns[a]! - of.pfns[b]!);
  ordered.set(of, frames);
  return frames;
}
