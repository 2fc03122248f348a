import { METRIC_INDEX } from '../../abi/metrics.ts';
import { group } from '../shared/format.ts';
import type { Term } from '../shared/term.ts';
import { NO_SPLIT } from './split.ts';

/** What no metric says of the times beside the picture. */
export const TERMS: readonly Term[] = [
  {
    name: 'disk:command',
    label: 'Command overhead',
    definition:
      'What a request’s time in the drive has beyond seek, rotation and transfer: 0.15 ms before the head of a disk begins to move. In a drive that has several requests in hand it is also the wait for the others, and with a full write cache the wait for room. Percents are of the sum of the four over the requests that ended in the time shown, of all disks; ms are those of one request.',
    source: 'disk model',
    rule: 'R7.10, R7.14',
    of: ({ metrics, traced }) => {
      if (traced) return [NO_SPLIT];
      const of = (name: keyof typeof METRIC_INDEX) => metrics[METRIC_INDEX[name]] ?? 0;
      return [`${group(of('disk_requests'))} requests, the disks busy for ${of('disk_busy_s').toFixed(1)} s`];
    },
  },
];
