import { LINE_CHARS } from '../shared/text-lines.ts';
import { TASK_LIMIT } from './columns.ts';

/** Why a line is left out, in words that follow its number. */
export const WHY_NOT = {
  long: `longer than ${LINE_CHARS} letters`,
  openEnd: 'the text ends inside this line, so it may be cut',
  openStart: 'the text begins inside this line, so it may be cut',
  joined: 'two lines run together',
  clock: 'its clock is not that of the lines around it',
  tasks: `more than ${TASK_LIMIT} tasks`,
  shapes: 'more kinds of event than any kernel has',
  raw: 'numbers only: record without trace option raw',
  unknown: 'neither an event nor a line that kernels or their tools are known to print',
} as const;
export type WhyNot = (typeof WHY_NOT)[keyof typeof WHY_NOT];

/** What stands before an event's name in any dialect, inside the text of another event. */
const FRONT_INSIDE = /(?:\d(?:us\S?|ms\))?: +(?:\w+:)?|\/\* )[a-z]+_\w+: /;

export const runsTogether = (text: string): boolean => FRONT_INSIDE.test(text);
