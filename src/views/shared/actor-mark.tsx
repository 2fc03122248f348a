import './actor-mark.css';
import { ACTORS } from '../../abi/actor.ts';

/** The shapes of actors.ts: triangle a task, circle kswapd, diamond direct reclaim, hexagon a memory cgroup's, square a flusher. */
const SHAPES = {
  task: 'M6 1 L11 10.5 L1 10.5 Z',
  kswapd: 'M6 1 A5 5 0 0 1 6 11 A5 5 0 0 1 6 1 Z',
  direct: 'M6 0.7 L11.3 6 L6 11.3 L0.7 6 Z',
  memcg: 'M3 1.2 L9 1.2 L11.5 6 L9 10.8 L3 10.8 L0.5 6 Z',
  flusher: 'M1.5 1.5 L10.5 1.5 L10.5 10.5 L1.5 10.5 Z',
} as const;

/** Who acts, as a shape beside its letter; a disk has neither. `actor` is an ACTOR number. */
export function ActorMark({ actor }: { readonly actor: number }) {
  const name = ACTORS[actor];
  if (name === undefined) return null;
  return (
    <svg className={`actor-mark actor-${name}`} viewBox="0 0 12 12" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  );
}
