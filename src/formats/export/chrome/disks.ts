import type { Ns } from '../../../abi/units.ts';
import type { ScriptEvent } from '../../../abi/vmscan-script.ts';
import { rwbs } from '../shared.ts';
import { DISK_TRACK, type Fact, micros } from './fact.ts';

/** Requests as slices from issue to completion, which overlap where a drive takes several; and where the head is. */
export class DiskTracks {
  private readonly issuedNs = new Map<string, Ns>();

  take({ key, task, timeNs, args }: ScriptEvent): readonly Fact[] {
    const [disk = 0, sector = 0, sectors = 0, write = 0, , seek_us = 0, rotate_us = 0, transfer_us = 0] = args;
    const request = `${disk} ${sector} ${write}`;
    if (key === 'blockRqIssue') {
      this.issuedNs.set(request, timeNs);
      return [{ name: `disk head sd${'abcd'[disk]}`, ph: 'C', ts: micros(timeNs), args: { sector } }];
    }
    const sinceNs = this.issuedNs.get(request);
    if (key !== 'blockRqComplete' || sinceNs === undefined) return [];
    this.issuedNs.delete(request);
    const same = {
      name: `${rwbs(write)} ${sectors} sectors`,
      cat: 'disk',
      id: `${request} ${sinceNs}`,
      tid: DISK_TRACK + disk,
    };
    return [
      { ...same, ph: 'b', ts: micros(sinceNs), args: { sector, sectors, task, seek_us, rotate_us, transfer_us } },
      { ...same, ph: 'e', ts: micros(timeNs) },
    ];
  }
}
