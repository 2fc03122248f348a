import { ACCESS, type Recording } from '../abi/recording.ts';
import { PAGE_BYTES, type Pages } from '../abi/units.ts';
import { below, createPrng, nextU32, shuffled } from '../engine/sim/prng.ts';

/** Share of touches that are stores: one in this many. */
export const STORE_EVERY = 10;

/** A Zipf(1.0) trace over `files` pages, ranks shuffled, seeded: the same numbers for both sides of a comparison. */
export function zipfTrace(pages: Pages, touches: number, seed: number): Recording {
  const cumulative = new Float64Array(pages);
  let sum = 0;
  for (let rank = 0; rank < pages; rank++) {
    sum += 1 / (rank + 1);
    cumulative[rank] = sum;
  }
  const rng = createPrng(seed, 1);
  const pageOfRank = Int32Array.from(shuffled(rng, pages));
  const pos = new Float64Array(touches);
  const what = new Uint8Array(touches);
  for (let at = 0; at < touches; at++) {
    pos[at] = pageOfRank[rankOf(cumulative, (nextU32(rng) / 4294967296) * sum)]! * PAGE_BYTES;
    what[at] = below(rng, STORE_EVERY) === 0 ? ACCESS.FAULT_WRITE : ACCESS.FAULT_READ;
  }
  return touchesOf('zipf 1.0', pos, what);
}

/** Every page once in a shuffled order, then loads by Zipf(1.0): nothing but hits from row `pages` on, where memory holds them. */
export function hitTrace(pages: Pages, touches: number, seed: number): Recording {
  const zipf = zipfTrace(pages, touches, seed);
  const once = onceTrace(pages, seed);
  const pos = new Float64Array(pages + touches);
  pos.set(once.pos);
  pos.set(zipf.pos, pages);
  return touchesOf('hits', pos, new Uint8Array(pos.length).fill(ACCESS.FAULT_READ));
}

/** Every page of the file once, in a shuffled order. */
export function onceTrace(pages: Pages, seed: number): Recording {
  const pos = Float64Array.from(shuffled(createPrng(seed, 2), pages), (page) => page * PAGE_BYTES);
  return touchesOf('once', pos, new Uint8Array(pages).fill(ACCESS.FAULT_READ));
}

function touchesOf(name: string, pos: Float64Array, what: Uint8Array): Recording {
  const rows = pos.length;
  return {
    name,
    tasks: ['toucher'],
    files: [{ inode: 1, path: 'mapped', sizeBytes: 0, reachBytes: 0 }],
    timeNs: new Float64Array(0),
    task: new Uint16Array(rows),
    what,
    file: new Uint16Array(0),
    pos,
    length: new Float64Array(0),
    dropped: { kernelThreadLines: 0, metadataLines: 0, unknownLines: 0 },
  };
}

function rankOf(cumulative: Float64Array, target: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! < target) low = middle + 1;
    else high = middle;
  }
  return low;
}
