import type { Knob } from '../../abi/knob.ts';
import { QUESTIONS } from '../policies/registry.ts';
import { choice } from './kinds.ts';

/** A knob per policy question: `kernel` leaves the answer to the kernel. */
export const POLICY_KNOBS: readonly Knob[] = Object.values(QUESTIONS).map((question) =>
  choice({
    path: question.path,
    label: question.label,
    doc: question.doc,
    source: question.answers.map((answer) => `${answer.label}: ${answer.source}`).join('; '),
    live: true,
    options: [{ id: 'kernel', label: 'as the kernel' }, ...question.answers.map(({ id, label }) => ({ id, label }))],
    initial: 'kernel',
  }),
);
