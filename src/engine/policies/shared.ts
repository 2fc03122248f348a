import type { Answers } from '../machine/policy.ts';

/** What a kernel's row says: one answer per policy question. */
export type KernelAnswers = Answers;
