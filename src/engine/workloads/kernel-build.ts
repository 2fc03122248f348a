import type { Knob, KnobValues } from '../../abi/knob.ts';
import { S, type Sector } from '../../abi/units.ts';
import type { SpaceSpec } from '../machine/space.ts';
import { fileAt, type TaskPlan, type Workload } from '../machine/workload.ts';
import { createPrng } from '../sim/prng.ts';
import { type AnonHogFrame, anonHog } from './programs/anon-hog.ts';
import { type CompileFrame, compileSlot } from './programs/compile.ts';
import { type FileWriterFrame, fileWriter } from './programs/file-writer.ts';
import { anonOf, SCALE_KNOB, scaled } from './shared.ts';

/** One compiler of a 2010 kernel build (assumed): what it reads, what it grows to, what it writes, and for how long it runs. */
const SOURCE_MIB = 0.5;
const COMPILER_MIB = 32;
const OBJECT_MIB = 0.125;
const COMPILE_S = 1;
/** CPUs are not contended in the model: with more jobs than the published machine had CPUs, each job computes that much longer. */
const CPUS = 4;
/** The 2.6.35 tree, and room for its objects. */
const TREE_MIB = 400;
const OBJECTS_MIB = 400;

const JOBS_KNOB: Knob = {
  kind: 'number',
  path: 'workload.jobs',
  label: 'jobs',
  doc: 'make -j: compilers at the same time, each of 32 MiB at scale 1; 96 of them are the 1.5 × RAM of stress-highalloc.',
  source: 'history.md §2.0; size of a compiler assumed',
  live: false,
  unit: 'tasks',
  min: 1,
  max: 96,
  step: 1,
  initial: 48,
};

const BUILD_LIMIT_KNOB: Knob = {
  kind: 'number',
  path: 'workload.build_limit_mib',
  label: 'limit of the build',
  doc: 'memory.limit_in_bytes of a memory cgroup that the whole build runs in, at scale 1; 0: it runs in none.',
  source: 'Kamezawa, 10 June 2010: limit 300M, make -j 8 or 16; history.md §5.1',
  live: false,
  unit: 'MiB',
  min: 0,
  max: 65536,
  step: 1,
  initial: 0,
};

interface Parts {
  readonly spaces: SpaceSpec[];
  readonly tasks: TaskPlan[];
}

/** Adds the source tree, the objects and `jobs` compilers to a plan. */
function addBuild({ spaces, tasks }: Parts, jobs: number, knobs: KnobValues, seed: number, disk: Sector): void {
  const tree = spaces.push(fileAt('source', scaled(knobs, TREE_MIB), 0.35, disk, true)) - 1;
  for (let at = 0; at < jobs; at++) {
    const place = 0.5 + (0.05 * at) / jobs;
    const objects = spaces.push(fileAt(`objects-${at + 1}`, scaled(knobs, OBJECTS_MIB / jobs), place, disk, false)) - 1;
    const mm = spaces.push(anonOf(`cc1-${at + 1}`, scaled(knobs, COMPILER_MIB))) - 1;
    const frame: CompileFrame = {
      tree,
      objects,
      objectPages: scaled(knobs, OBJECT_MIB),
      sourcePages: scaled(knobs, SOURCE_MIB),
      cpuNs: Math.round(COMPILE_S * Math.max(1, jobs / CPUS) * (knobs['workload.scale'] as number) * S),
      rng: createPrng(seed, at + 1),
      firstSource: 0,
      touched: 0,
      object: 0,
    };
    const totalVmPages = scaled(knobs, COMPILER_MIB);
    tasks.push({ name: `cc1-${at + 1}`, letter: `C${at + 1}`, mm, totalVmPages, program: compileSlot, frame });
  }
}

/** Many short tasks: each reads sources, fills memory, writes an object and exits. */
export const kernelBuild: Workload = {
  id: 'kernel-build',
  title: 'Kernel-build-like: many short tasks',
  knobs: [SCALE_KNOB, JOBS_KNOB, BUILD_LIMIT_KNOB],
  plan: ({ knobs, seed, diskSectors }) => {
    const parts: Parts = { spaces: [], tasks: [] };
    addBuild(parts, knobs['workload.jobs'] as number, knobs, seed, diskSectors);
    const limitMib = knobs['workload.build_limit_mib'] as number;
    if (limitMib === 0) return { ...parts, memcgs: [] };
    const memcgs = [{ name: 'build', limitPages: scaled(knobs, limitMib) }];
    return { ...parts, memcgs, tasks: parts.tasks.map((task) => ({ ...task, memcg: 0 })) };
  },
};

/** The V3 mail's machine: a compile per CPU, two writers and two dirtiers of anonymous memory per CPU, RAM in all for each of the two kinds. */
const OOM_MEMORY_MIB = 2048;

export const oomStress: Workload = {
  id: 'oom-stress',
  title: 'Compilers, writers and anonymous memory together',
  knobs: [
    SCALE_KNOB,
    {
      kind: 'number',
      path: 'workload.dirtier_stores_per_s',
      label: 'stores per dirtier',
      doc: 'Once its memory is filled, a dirtier stores to it at random: at most so many a second; 0: as fast as it goes.',
      source: 'not given in the mail; assumed',
      live: true,
      unit: 'pages/s',
      min: 0,
      max: 1000000,
      initial: 1000,
    },
  ],
  plan: ({ knobs, seed, diskSectors }) => {
    const parts: Parts = { spaces: [], tasks: [] };
    addBuild(parts, CPUS, knobs, seed, diskSectors);
    const { spaces, tasks } = parts;
    const each = scaled(knobs, OOM_MEMORY_MIB / (2 * CPUS));
    for (let at = 0; at < 2 * CPUS; at++) {
      const name = `zero-${at + 1}`;
      const first = spaces.push(fileAt(name, each, 0.6 + 0.03 * at, diskSectors, false)) - 1;
      const frame: FileWriterFrame = { first, files: 1, fsync: false, file: 0, pos: 0 };
      tasks.push({ name, letter: `W${at + 1}`, totalVmPages: 256, program: fileWriter, frame });
    }
    for (let at = 0; at < 2 * CPUS; at++) {
      const name = `dirtier-${at + 1}`;
      const mm = spaces.push(anonOf(name, each)) - 1;
      const rng = createPrng(seed, 100 + at);
      const frame: AnonHogFrame = { rng, pace: 'workload.dirtier_stores_per_s', startS: 0, filled: 0 };
      tasks.push({ name, letter: `H${at + 1}`, mm, totalVmPages: each, program: anonHog, frame });
    }
    return { spaces, memcgs: [], tasks };
  },
};
