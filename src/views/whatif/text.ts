import { LIFE } from '../../abi/page-life.ts';
import type { Decision, Outcome, WhatIf } from '../../abi/what-if.ts';
import { group } from '../shared/format.ts';

/** To the microsecond: several events share a millisecond. */
export const preciseSeconds = (ns: number): string => (ns / 1e9).toFixed(6);

export const decisionText = ({ atNs, by, page, says }: Decision): string =>
  `At ${preciseSeconds(atNs)} s ${by.name} comes to dirty page ${group(page.index)} of ${page.file}: ${says}.`;

export const OUTCOME_TITLES: Readonly<Record<Outcome, string>> = {
  keep: 'keep it for another lap',
  page: 'write the page',
  range: 'write its range',
};

export function rangeText({ range, outcome }: WhatIf): string {
  if (outcome === 'keep' || range === undefined) return 'nothing is handed over';
  if (range.first === range.last) return `page ${group(range.first)}`;
  return `pages ${group(range.first)} to ${group(range.last)}`;
}

export const SUMS: readonly { readonly label: string; readonly of: (run: WhatIf) => string }[] = [
  { label: 'requests', of: ({ sums }) => group(sums.requests) },
  { label: 'pages written', of: ({ sums }) => group(sums.pagesWritten) },
  { label: 'seeks > 128', of: ({ sums }) => group(sums.seeks) },
  { label: 'direct reclaims', of: ({ sums }) => group(sums.directReclaims) },
  { label: 'stalled, ms', of: ({ sums }) => sums.stallMs.toFixed(1) },
];

/** What became of the page in the end. */
export function fateText({ events, fromNs }: WhatIf): string {
  const last = events.at(-1);
  if (last === undefined) return 'nothing more happened to the page';
  const freed = events.find(({ state }) => state.pfn < 0);
  if (freed) return `freed after ${((freed.atNs - fromNs) / 1e6).toFixed(1)} ms`;
  const { bits, laps } = last.state;
  if ((bits & LIFE.WRITEBACK) !== 0) return 'still being written at the end';
  return (bits & LIFE.DIRTY) !== 0 ? `still dirty at the end, lap ${laps}` : 'clean at the end, still in memory';
}

export const pictureText = ({ sums }: WhatIf): string =>
  `${group(sums.requests)} requests by place on the disk, over two seconds`;
