import type { TaskFrame } from '../../abi/frame.ts';

/**
 * What a thread does, in a word or a few. A trace tells who waits for what, never who has a CPU: of a thread of which no event
 * says that it waits, that is all there is to say.
 */
export const taskState = ({ state }: Pick<TaskFrame, 'state'>, isTraced: boolean): string =>
  isTraced && state === 'running' ? 'not known to sleep' : state;
