import type { Knob, KnobValues } from '../../abi/knob.ts';
import { PAGES_PER_MIB, type Pages, S, type Sector } from '../../abi/units.ts';
import type { SpaceSpec } from '../machine/space.ts';
import { fileAt, type TaskPlan, type Workload } from '../machine/workload.ts';
import { createPrng } from '../sim/prng.ts';
import { type CompileFrame, compileSlot } from './programs/compile.ts';
import { createHighallocFrame, highalloc } from './programs/highalloc.ts';
import { anonOf } from './shared.ts';

/** How the working set is divided (assumed): the compilers' memory, the sources, the objects. */
const ANON_SHARE = 0.5;
const SOURCE_SHARE = 0.3;
const OBJECT_SHARE = 0.2;
/** Of the sources, what one compiler reads; of its memory, what it writes as an object; and its CPU time (assumed). */
const SOURCE_PER_JOB = 1 / 64;
const OBJECT_PER_MEMORY = 1 / 16;
const COMPILE_S = 2;

const KNOBS: readonly Knob[] = [
  {
    kind: 'number',
    path: 'workload.working_set',
    label: 'working set',
    doc: 'What the builds touch together, times memory: half compilers’ memory, three tenths sources, one fifth objects. All sizes and the number of attempts follow memory.',
    source: 'history.md §2.0 stress-highalloc: 1.5 × RAM; the shares are assumed',
    live: false,
    unit: '× RAM',
    min: 0.1,
    max: 4,
    initial: 1.5,
  },
  {
    kind: 'number',
    path: 'workload.build_jobs',
    label: 'build jobs',
    doc: 'Compilers at the same time; each exits when its object is written, and the next one starts.',
    source: 'history.md §2.0 "many kernel builds"; number assumed',
    live: false,
    unit: 'tasks',
    min: 1,
    max: 64,
    step: 1,
    initial: 16,
  },
  {
    kind: 'number',
    path: 'workload.first_attempt_s',
    label: 'first attempt',
    doc: 'The builds run so long before the first huge page is asked for.',
    source: 'scene',
    live: false,
    unit: 's',
    min: 0,
    max: 3600,
    initial: 20,
  },
  {
    kind: 'number',
    path: 'workload.attempts_per_s',
    label: 'attempts',
    doc: 'At most so many huge pages a second are asked for: a fixed gap after each; 0: one after the other.',
    source: 'scene',
    live: true,
    unit: '1/s',
    min: 0,
    max: 1000,
    initial: 10,
  },
  {
    kind: 'switch',
    path: 'workload.repeat',
    label: '__GFP_REPEAT',
    doc: 'An attempt reclaims again until as many pages as it wants have been freed for it, as the hugetlb pool asks; off: it reclaims once.',
    source: 'mm/hugetlb.c alloc_fresh_huge_page_node(); model.md §1.3',
    live: true,
    initial: false,
  },
];

function builders(knobs: KnobValues, seed: number, disk: Sector, spaces: SpaceSpec[]): TaskPlan[] {
  const jobs = knobs['workload.build_jobs'] as number;
  const total = (knobs['machine.memory_mib'] as number) * (knobs['workload.working_set'] as number) * PAGES_PER_MIB;
  const memory = pages((total * ANON_SHARE) / jobs);
  const source = pages(total * SOURCE_SHARE);
  const tree = spaces.push(fileAt('source', source, 0.35, disk, true)) - 1;
  return Array.from({ length: jobs }, (_, at) => {
    const name = `cc1-${at + 1}`;
    const place = 0.5 + (0.05 * at) / jobs;
    const objects =
      spaces.push(fileAt(`objects-${at + 1}`, pages((total * OBJECT_SHARE) / jobs), place, disk, false)) - 1;
    const mm = spaces.push(anonOf(name, memory)) - 1;
    const frame: CompileFrame = {
      tree,
      objects,
      objectPages: pages(memory * OBJECT_PER_MEMORY),
      sourcePages: pages(source * SOURCE_PER_JOB),
      cpuNs: COMPILE_S * S,
      rng: createPrng(seed, at + 1),
      firstSource: 0,
      touched: 0,
      object: 0,
    };
    return { name, letter: `C${at + 1}`, mm, totalVmPages: memory, program: compileSlot, frame };
  });
}

function pages(count: number): Pages {
  return Math.max(1, Math.round(count));
}

/** Kernel builds larger than memory, and one task that wants all of memory as huge pages: twice under load, once at rest. */
export const stressHighalloc: Workload = {
  id: 'stress-highalloc',
  title: 'Huge pages under a build, and at rest',
  knobs: KNOBS,
  plan: ({ knobs, seed, diskSectors }) => {
    const spaces: SpaceSpec[] = [];
    const tasks = builders(knobs, seed, diskSectors, spaces);
    const frame = createHighallocFrame(Math.round((knobs['workload.first_attempt_s'] as number) * S));
    tasks.push({ name: 'highalloc', letter: 'H', totalVmPages: 256, program: highalloc, frame });
    return { spaces, memcgs: [], tasks };
  },
};
