import type { TracedGap } from '../../abi/traced.ts';
import type { Ns } from '../../abi/units.ts';
import { fixed, group } from './format.ts';
import { hatch } from './hatch.ts';
import type { Box } from './lit.ts';
import type { Look } from './look.ts';

/** Of a machine that is simulated, and of a trace that is whole. */
export const NO_GAPS: readonly TracedGap[] = [];

/** "1 204 events lost"; a kernel does not always say how many. */
function lostWords(gaps: readonly TracedGap[]): string {
  const events = gaps.reduce((sum, gap) => sum + (gap.events ?? 0), 0);
  const isWhole = gaps.every((gap) => gap.events !== undefined);
  if (events === 0) return 'events lost';
  return `${isWhole ? '' : 'over '}${group(events)} ${events === 1 ? 'event' : 'events'} lost`;
}

/** What is lost around a time, with the CPU if it is of one; empty: nothing. */
export function lostAt(gaps: readonly TracedGap[], atNs: Ns, withinNs: Ns): string {
  const near = gaps.filter(({ fromNs, toNs }) => fromNs - withinNs <= atNs && atNs <= toNs + withinNs);
  if (near.length === 0) return '';
  const cpus = new Set(near.map(({ cpu }) => cpu));
  const [cpu = -1] = cpus;
  return `${lostWords(near)}${cpus.size === 1 && cpu >= 0 ? ` on CPU ${cpu}` : ''}`;
}

/** All gaps in a sentence, for the ear; empty where there is none. */
export function gapsText(gaps: readonly TracedGap[]): string {
  const [first] = gaps;
  if (!first) return '';
  const s = (ns: Ns) => fixed(ns / 1e9, 3);
  if (gaps.length === 1) return `Between ${s(first.fromNs)} and ${s(first.toNs)} s ${lostWords(gaps)}.`;
  const ends = gaps.reduce((most, { toNs }) => Math.max(most, toNs), 0);
  return `In ${gaps.length} gaps between ${s(first.fromNs)} and ${s(ends)} s ${lostWords(gaps)}.`;
}

/** No narrower than can be seen. */
const NARROWEST_PX = 4;
const WORDS_PX = 14;

interface Band {
  readonly from: number;
  to: number;
  readonly gaps: TracedGap[];
}

/** Gaps as stretches of a time axis from 0 to `wide`; what cannot be told apart is one. */
export function gapBands(gaps: readonly TracedGap[], wide: number, xOf: (ns: Ns) => number): readonly Band[] {
  const bands: Band[] = [];
  for (const gap of gaps) {
    const middle = (xOf(gap.fromNs) + xOf(gap.toNs)) / 2;
    const from = Math.max(0, Math.min(xOf(gap.fromNs), middle - NARROWEST_PX / 2));
    const to = Math.min(wide, Math.max(xOf(gap.toNs), middle + NARROWEST_PX / 2));
    if (to <= from) continue;
    const last = bands.at(-1);
    if (last && from <= last.to + 1) {
      last.to = Math.max(last.to, to);
      last.gaps.push(gap);
    } else bands.push({ from, to, gaps: [gap] });
  }
  return bands;
}

/** Hatched where events are lost, and said where there is room: whatever is drawn there is not all that happened. */
export function drawGaps(
  ctx: CanvasRenderingContext2D,
  box: Box,
  gaps: readonly TracedGap[],
  xOf: (ns: Ns) => number,
  palette: Look,
): void {
  for (const { from, to, gaps: own } of gapBands(gaps, box.wide, xOf)) {
    const x = box.x + from;
    const wide = to - from;
    hatch(ctx, { ...box, x, wide }, palette.muted, 6);
    ctx.fillStyle = palette.muted;
    ctx.fillRect(x, box.y, 1, box.tall);
    ctx.fillRect(x + wide - 1, box.y, 1, box.tall);
    drawWords(ctx, { ...box, x, wide }, lostWords(own), palette);
  }
}

function drawWords(ctx: CanvasRenderingContext2D, { x, y, wide, tall }: Box, words: string, palette: Look): void {
  ctx.font = palette.font;
  const room = ctx.measureText(words).width;
  if (room + 8 > wide || tall < WORDS_PX) return;
  const left = x + (wide - room) / 2;
  const middle = y + tall / 2;
  ctx.fillStyle = palette.ground;
  ctx.fillRect(left - 3, middle - WORDS_PX / 2, room + 6, WORDS_PX);
  ctx.fillStyle = palette.text;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillText(words, left, middle);
}
