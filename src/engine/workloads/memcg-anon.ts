import type { Knob } from '../../abi/knob.ts';
import type { Workload } from '../machine/workload.ts';
import { createPrng } from '../sim/prng.ts';
import { type AnonHogFrame, anonHog } from './programs/anon-hog.ts';
import { anonOf } from './shared.ts';

const PAGES_PER_MIB = 256;
const PACE = 'workload.group_stores_per_s';

const KNOBS: readonly Knob[] = [
  {
    kind: 'number',
    path: 'workload.hog_limit_mib',
    label: 'limit of "hog"',
    doc: 'memory.limit_in_bytes of the group that the hog runs in.',
    source: 'model.md §11.5 P-C',
    live: false,
    unit: 'MiB',
    min: 1,
    max: 4096,
    step: 1,
    initial: 50,
  },
  {
    kind: 'number',
    path: 'workload.hog_mib',
    label: 'anonymous memory',
    doc: 'What the hog fills front to back as fast as it goes, and then stores to at random.',
    source: 'model.md §11.5 P-C: twice the limit',
    live: false,
    unit: 'MiB',
    min: 1,
    max: 4096,
    step: 1,
    initial: 100,
  },
  {
    kind: 'switch',
    path: 'workload.oom_kill_disable',
    label: 'oom_kill_disable',
    doc: 'memory.oom_control of the group: at its end nobody is killed, and everybody waits until somebody gives memory back.',
    source: 'mm/memcontrol.c mem_cgroup_handle_oom(); model.md R6.7',
    live: false,
    initial: false,
  },
  {
    kind: 'number',
    path: PACE,
    label: 'stores',
    doc: 'Once its memory is filled, the hog stores to so many pages a second; 0: as fast as it goes.',
    source: 'scene',
    live: true,
    unit: 'pages/s',
    min: 0,
    max: 1000000,
    initial: 200,
  },
];

/** A task that wants more anonymous memory than its group may hold, on a machine with plenty: only swap can help (P6.5). */
export const memcgAnon: Workload = {
  id: 'memcg-anon',
  title: 'Anonymous memory in a small memory cgroup',
  knobs: KNOBS,
  plan: ({ knobs, seed }) => {
    const sizePages = (knobs['workload.hog_mib'] as number) * PAGES_PER_MIB;
    const frame: AnonHogFrame = { rng: createPrng(seed, 1), startS: 0, pace: PACE, filled: 0 };
    return {
      spaces: [anonOf('hog', sizePages)],
      memcgs: [
        {
          name: 'hog',
          limitPages: (knobs['workload.hog_limit_mib'] as number) * PAGES_PER_MIB,
          oomKillDisable: knobs['workload.oom_kill_disable'] === true,
        },
      ],
      tasks: [{ name: 'hog', letter: 'H', memcg: 0, mm: 0, totalVmPages: sizePages, program: anonHog, frame }],
    };
  },
};
