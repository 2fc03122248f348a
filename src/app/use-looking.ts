import { useEffect } from 'react';
import { LIST_LOOK, type Thing } from '../abi/look.ts';
import { sameThing } from '../store/selection.ts';
import { useApp, useParts } from '../views/shared/app-context.ts';
import { useShownViews } from './shown-views.ts';

/** Tells the machines what is looked at, so that their frames carry it and nothing else. */
export function useLooking(): void {
  const { driver } = useParts();
  const order = useApp((s) => s.order);
  const hovered = useApp((s) => s.hovered);
  const pinned = useApp((s) => s.pinned);
  const parts = useShownViews()
    .flatMap(({ part }) => part ?? [])
    .join(' ');
  useEffect(() => {
    const lit = [hovered, sameThing(hovered, pinned) ? undefined : pinned].filter(isSought);
    const isPlain = order === 'list' && parts === '' && lit.length === 0;
    driver.look(isPlain ? LIST_LOOK : { order, parts: parts.split(' ').filter(isPart), lit });
  }, [driver, order, hovered, pinned, parts]);
}

/** A task is where every frame says it is. */
const isSought = (thing: Thing | undefined): thing is Thing => thing !== undefined && thing.kind !== 'task';

const PARTS = ['map', 'groups', 'flushers'] as const;
const isPart = (word: string): word is (typeof PARTS)[number] => PARTS.some((part) => part === word);
