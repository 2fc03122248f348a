import type { ProcVmstat, TraceWriter } from '../../abi/trace-export.ts';

const lines = (vmstat: ProcVmstat): string => vmstat.map(([name, value]) => `${name} ${value}\n`).join('');

/** /proc/vmstat as the machine is switched on, or at the end of the run: tools for it take the difference of two. */
export const createVmstatWriter = (when: 'before' | 'after'): TraceWriter => ({
  begin: ({ vmstat }) => (when === 'before' ? lines(vmstat) : ''),
  event: () => '',
  sample: () => '',
  end: ({ vmstat }) => (when === 'after' ? lines(vmstat) : ''),
});
