import { useState } from 'react';
import { selectIsPlaying } from '../../store/playback.ts';
import { useApp, useParts } from '../../views/shared/app-context.ts';
import { Pick } from '../pick.tsx';
import { ErrandBar } from './errand-bar.tsx';
import { filmElement, loopKind } from './loop.ts';
import { fileName, saveBlob } from './pictures.ts';
import { Row } from './row.tsx';
import { useErrand } from './use-errand.ts';
import { useMoment } from './use-moment.ts';

const LENGTHS = [3, 10, 30].map((length) => ({ value: String(length), label: `${length} s` }));

export function LoopRow() {
  const { driver, store } = useParts();
  const say = useApp((s) => s.say);
  const moment = useMoment();
  const [length, setLength] = useState('10');
  const errand = useErrand();
  const film = (element: HTMLElement) =>
    errand.run(async (signal, onProgress) => {
      const { scene, atNs } = moment();
      const wasPlaying = selectIsPlaying(store.getState());
      if (!wasPlaying) driver.play();
      const blob = await filmElement(element, Number(length), signal, onProgress);
      if (!wasPlaying) driver.pause();
      if (!blob) return;
      const name = fileName(scene, 'loop', atNs, 'webm');
      saveBlob(blob, name);
      say(`Saved as ${name}.`);
    });
  const begin = () => {
    const element = document.querySelector<HTMLElement>('.lanes');
    if (element) void film(element);
  };
  if (!loopKind()) return <Row title="Loop" says="This browser cannot record video." />;
  return (
    <Row title="Loop" says="both machines at work, as WebM">
      {errand.done === undefined ? (
        <>
          <Pick label="Length of the loop" value={length} options={LENGTHS} onPick={setLength} />
          <button type="button" className="boxed" onClick={begin}>
            Record
          </button>
        </>
      ) : (
        <ErrandBar of={errand} label="Recorded" />
      )}
    </Row>
  );
}
