import type { Bytes } from '../../abi/units.ts';

/** What the processor's port of the kernel fixes: the series was tested on x86, x86-64 and ppc64. */
export interface Architecture {
  readonly id: string;
  readonly label: string;
  readonly source: string;
  readonly pageBytes: Bytes;
  /** Order of a huge page, and of the pageblocks that keep migrate types apart. */
  readonly pageblockOrder: number;
  /** MAX_ORDER: the buddy allocator's largest block has order MAX_ORDER - 1. */
  readonly maxOrder: number;
  /** THREAD_SIZE as the architecture has it. */
  readonly threadSizeBytes: Bytes;
  /** struct thread_info, at the bottom of the stack: assumed. */
  readonly threadInfoBytes: Bytes;
}

/** In the order of the menu; the first is the default. */
export const ARCHITECTURES: readonly Architecture[] = [
  {
    id: 'x86-64',
    label: 'x86-64',
    source: 'arch/x86/include/asm/page_64_types.h; huge pages of 2 MiB',
    pageBytes: 4096,
    pageblockOrder: 9,
    maxOrder: 11,
    threadSizeBytes: 8192,
    threadInfoBytes: 104,
  },
  {
    id: 'x86',
    label: 'x86',
    source: 'arch/x86/include/asm/page_32_types.h; huge pages of 4 MiB; stacks of 4 KiB with CONFIG_4KSTACKS',
    pageBytes: 4096,
    pageblockOrder: 10,
    maxOrder: 11,
    threadSizeBytes: 8192,
    threadInfoBytes: 56,
  },
  {
    id: 'x86-pae',
    label: 'x86, PAE',
    source: 'arch/x86/include/asm/page_32_types.h, CONFIG_X86_PAE; huge pages of 2 MiB',
    pageBytes: 4096,
    pageblockOrder: 9,
    maxOrder: 11,
    threadSizeBytes: 8192,
    threadInfoBytes: 56,
  },
  {
    id: 'ppc64',
    label: 'ppc64, 64 KiB pages',
    source: 'arch/powerpc/Kconfig: PPC_64K_PAGES, FORCE_MAX_ZONEORDER 9; huge pages of 16 MiB',
    pageBytes: 65536,
    pageblockOrder: 8,
    maxOrder: 9,
    threadSizeBytes: 16384,
    threadInfoBytes: 96,
  },
  {
    id: 'ppc64-4k',
    label: 'ppc64, 4 KiB pages',
    source: 'arch/powerpc/Kconfig: FORCE_MAX_ZONEORDER 13; huge pages of 16 MiB',
    pageBytes: 4096,
    pageblockOrder: 12,
    maxOrder: 13,
    threadSizeBytes: 16384,
    threadInfoBytes: 96,
  },
];

/** An architecture by its id; an unknown one has been refused before it comes here. */
export function architectureOf(id: string): Architecture {
  return ARCHITECTURES.find((architecture) => architecture.id === id) ?? ARCHITECTURES[0]!;
}
