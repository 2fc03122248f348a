import './tape.css';
import { ChevronLeft, ChevronRight, SkipBack } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { StepKind } from '../abi/protocol.ts';
import { TWIN_VIEWS } from '../views/registry.ts';
import { useApp, useParts } from '../views/shared/app-context.ts';
import { Clock } from './clock.tsx';
import { Pick } from './pick.tsx';
import { PlayButton } from './play-button.tsx';
import { TapeSide } from './tape-side.tsx';

const SpeedSlider = lazy(() => import('./speed-slider.tsx'));

const KINDS: readonly { readonly value: StepKind; readonly label: string; readonly hint: string }[] = [
  { value: 'event', label: 'event', hint: 'the next thing that happens in the machine' },
  { value: 'page', label: 'page', hint: 'the next page that a reclaimer decides on' },
  { value: 'batch', label: 'batch', hint: 'the next 32 pages a reclaimer takes off the list' },
  { value: 'io', label: 'I/O', hint: 'the next request the disk finishes' },
  { value: 'stall', label: 'stall', hint: 'the next task that is held up: by reclaim or by a dirty limit' },
];

/** Holding a step button repeats it, as fast as steps are answered. */
function StepButton({ back, kind }: { readonly back: boolean; readonly kind: StepKind }) {
  const { driver, store } = useParts();
  const timer = useRef<ReturnType<typeof setInterval>>(undefined);
  const step = () => {
    const { machine, busy, playback } = store.getState();
    if (busy && playback.at !== 'playing') return;
    if (back) driver.stepBack({ kind }, machine);
    else driver.step({ kind }, machine);
  };
  const release = () => clearInterval(timer.current);
  useEffect(() => () => clearInterval(timer.current), []);
  const name = KINDS.find((one) => one.value === kind)?.label ?? kind;
  return (
    <button
      type="button"
      className="quiet step"
      aria-label={back ? `One ${name} back` : `One ${name} forward`}
      onClick={(event) => event.detail === 0 && step()}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        step();
        release();
        const wait = setTimeout(() => {
          timer.current = setInterval(step, 60);
        }, 400);
        timer.current = wait;
      }}
      onPointerUp={release}
      onPointerLeave={release}
      onPointerCancel={release}
    >
      {back && <ChevronLeft size={18} aria-hidden="true" />}
      <span>{name}</span>
      {!back && <ChevronRight size={18} aria-hidden="true" />}
    </button>
  );
}

export function Transport() {
  const parts = useParts();
  const kind = useApp((s) => s.stepKind);
  const setKind = useApp((s) => s.setStepKind);
  const failed = useApp((s) => s.playback.at === 'failed');
  return (
    <footer className="transport">
      <div className="buttons">
        <button
          type="button"
          className="icon"
          onClick={() => parts.driver.seek({ atNs: 0 })}
          aria-label="To the start"
          disabled={failed}
        >
          <SkipBack size={18} aria-hidden="true" />
        </button>
        <StepButton back kind={kind} />
        <PlayButton size={19} />
        <StepButton back={false} kind={kind} />
        <Pick
          label="What a step is"
          value={kind}
          options={KINDS}
          onPick={(next) => setKind(next as StepKind)}
          className="step-kind"
        />
      </div>
      <Clock />
      <Suspense fallback={<div className="speed" />}>
        <SpeedSlider />
      </Suspense>
      <TWIN_VIEWS.scrubber />
      <TapeSide />
    </footer>
  );
}
