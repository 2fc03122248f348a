import type { Answers, Policy } from '../machine/policy.ts';
import { allowed } from './direct-writes/allowed.ts';
import { never } from './direct-writes/never.ts';
import { page } from './pageout-unit/page.ts';
import { span } from './pageout-unit/span.ts';

/** A question is a row, an answer is a file and its place in the row. */
export const QUESTIONS = {
  pageoutUnit: {
    path: 'policy.pageout_unit',
    label: 'pageout unit',
    doc: 'What reclaim hands the filesystem when it meets a dirty page at the tail of the LRU.',
    answers: [page, span],
  },
  directWrites: {
    path: 'policy.direct_writes',
    label: 'direct writes',
    doc: 'Whether a reclaimer that is not kswapd (an allocating task, a task at its memcg limit) may write pages.',
    answers: [allowed, never],
  },
} as const;

/** The answers by name; an unknown id has been refused before it comes here. */
export function policyOf(answers: Answers): Policy {
  return {
    pageoutUnit: find(QUESTIONS.pageoutUnit.answers, answers.pageoutUnit),
    directWrites: find(QUESTIONS.directWrites.answers, answers.directWrites),
  };
}

function find<A extends { readonly id: string }>(answers: readonly A[], id: string): A {
  const answer = answers.find((candidate) => candidate.id === id);
  if (answer === undefined) throw new Error(`no policy answer "${id}"`);
  return answer;
}
