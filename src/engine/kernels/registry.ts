import { rfcV1 } from './rfc-v1.ts';
import { rfcV1P5 } from './rfc-v1-p5.ts';
import { v2635rc2 } from './v2.6.35-rc2.ts';
import { v32 } from './v3.2.ts';

/** Kernels in the order of the menu; adding one is a file and a line. */
export const KERNELS = [v2635rc2, rfcV1P5, rfcV1, v32];
