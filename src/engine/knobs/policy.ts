import { AS_THE_KERNEL, type Knob } from '../../abi/knob.ts';
import { NUMBERS, QUESTIONS, type Question } from '../policies/registry.ts';
import { choice, number } from './kinds.ts';

/** A knob per policy question and per number that answers read: `kernel` leaves it to the kernel. */
export const POLICY_KNOBS: readonly Knob[] = [
  ...Object.values<Question>(QUESTIONS).map(({ answers, atBoot, ...asked }) =>
    choice({
      ...asked,
      source: answers.map((answer) => `${answer.label}: ${answer.source}`).join('; '),
      live: atBoot !== true,
      options: [
        { id: AS_THE_KERNEL, label: 'as the kernel' },
        ...answers.map((answer) => ({ id: answer.id, label: answer.label })),
      ],
      initial: AS_THE_KERNEL,
    }),
  ),
  ...Object.values(NUMBERS).map((row) => number({ ...row, live: true, initial: AS_THE_KERNEL })),
];
