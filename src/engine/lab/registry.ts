import type { LabJobId } from '../../abi/lab.ts';
import { biography } from './biography.ts';
import { decision } from './decision.ts';
import { divergence } from './divergence.ts';
import { exportRun } from './export.ts';
import { outcome } from './outcome.ts';
import { result } from './result.ts';
import { script } from './script.ts';
import type { LabJob } from './shared.ts';
import { stalls } from './stalls.ts';
import { whatIf } from './what-if.ts';

/** Every kind of work that the lab takes. */
export const LAB_JOBS: { readonly [Id in LabJobId]: LabJob<Id> } = {
  biography,
  decision,
  divergence,
  export: exportRun,
  outcome,
  result,
  script,
  stalls,
  whatIf,
};
