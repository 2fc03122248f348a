import { chinner2010 } from './chinner-2010.ts';
import { rfcV1 } from './rfc-v1.ts';
import { rfcV1P5 } from './rfc-v1-p5.ts';
import { rfcV2 } from './rfc-v2.ts';
import { rfcV3 } from './rfc-v3.ts';
import { rfcV4 } from './rfc-v4.ts';
import { rfcV5 } from './rfc-v5.ts';
import { rfcV6 } from './rfc-v6.ts';
import { rfcV6Flush } from './rfc-v6-flush.ts';
import { v2634 } from './v2.6.34.ts';
import { v2635rc2 } from './v2.6.35-rc2.ts';
import { v2636 } from './v2.6.36.ts';
import { v32 } from './v3.2.ts';
import { v36Memcg } from './v3.6-memcg.ts';
import { v42Cgwb } from './v4.2-cgwb.ts';
import { v61 } from './v6.1.ts';

/** Kernels in the order of the menu; adding one is a file and a line. */
export const KERNELS = [
  v2634,
  v2635rc2,
  chinner2010,
  rfcV1P5,
  rfcV1,
  rfcV2,
  rfcV3,
  rfcV4,
  rfcV5,
  rfcV6,
  rfcV6Flush,
  v2636,
  v32,
  v36Memcg,
  v42Cgwb,
  v61,
];
