import './export.css';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { selectIsPlaying } from '../../store/playback.ts';
import { runName } from '../../store/traced.ts';
import { useApp, useParts } from '../../views/shared/app-context.ts';
import { seconds } from '../../views/shared/format.ts';
import { copyEmbed, saveScenario } from '../actions.ts';
import { Pick } from '../pick.tsx';
import { useSession } from '../session-context.ts';
import { filmElement, loopKind } from './loop.ts';
import { fileName, picturesOnScreen, saveBlob } from './pictures.ts';
import { toPng, toSvg } from './render.ts';

/** What is on the screen as files: a picture, a loop, the run itself; and the page in a frame of another page. */
export default function ExportPanel() {
  const parts = useParts();
  const session = useSession();
  return (
    <div className="export">
      <PictureRow />
      <LoopRow />
      <Row title="Scenario" says="kernels, seed, knobs and place; drop it on the page to open it">
        <button type="button" className="boxed" onClick={() => void saveScenario(parts, session)}>
          Save JSON
        </button>
      </Row>
      <Row title="Frame" says="640 × 360: strips, disk and a play button in a page of your own">
        <button type="button" className="boxed" onClick={() => void copyEmbed(parts, session)}>
          Copy embed code
        </button>
      </Row>
    </div>
  );
}

function Row({
  title,
  says,
  children,
}: {
  readonly title: string;
  readonly says: string;
  readonly children?: ReactNode;
}) {
  return (
    <section className="export-row" aria-label={title}>
      <div>
        <h3>{title}</h3>
        <p>{says}</p>
      </div>
      <div className="export-actions">{children}</div>
    </section>
  );
}

/** Scene, moment and words for the picture that is about to be taken. */
function useMoment() {
  const { store, feed } = useParts();
  return () => {
    const state = store.getState();
    const { scenario } = state;
    const atNs = feed.latest()?.atNs ?? 0;
    const kernels = scenario ? `A ${runName(state, 'A')}, B ${runName(state, 'B')}, seed ${scenario.seed}` : '';
    return {
      scene: scenario?.id ?? 'run',
      atNs,
      caption: `Reclaimscope · ${scenario?.title ?? ''} · ${kernels} · ${seconds(atNs)} s`,
    };
  };
}

function PictureRow() {
  const [pictures] = useState(picturesOnScreen);
  const [chosen, setChosen] = useState(pictures[0]?.id ?? '');
  const say = useApp((s) => s.say);
  const moment = useMoment();
  const save = async (extension: 'png' | 'svg') => {
    const picture = pictures.find(({ id }) => id === chosen);
    if (!picture) return;
    const { scene, atNs, caption } = moment();
    const blob = await (extension === 'png' ? toPng : toSvg)(picture.element, caption);
    const name = fileName(scene, picture.id, atNs, extension);
    if (blob) saveBlob(blob, name);
    say(blob ? `Saved as ${name}.` : 'The browser did not make the picture.');
  };
  return (
    <Row title="Picture" says="as it stands; PNG in twice the pixels, SVG with lines and letters">
      <Pick
        label="Picture of"
        value={chosen}
        options={pictures.map(({ id, label }) => ({ value: id, label }))}
        onPick={setChosen}
      />
      <button type="button" className="boxed" onClick={() => void save('png')}>
        PNG
      </button>
      <button type="button" className="boxed" onClick={() => void save('svg')}>
        SVG
      </button>
    </Row>
  );
}

const LENGTHS = [3, 10, 30].map((length) => ({ value: String(length), label: `${length} s` }));

function LoopRow() {
  const { driver, store } = useParts();
  const say = useApp((s) => s.say);
  const moment = useMoment();
  const [length, setLength] = useState('10');
  const [done, setDone] = useState<number>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const film = async () => {
    const element = document.querySelector<HTMLElement>('.lanes');
    if (!element) return;
    const { scene, atNs } = moment();
    const wasPlaying = selectIsPlaying(store.getState());
    running.current = new AbortController();
    setDone(0);
    if (!wasPlaying) driver.play();
    const blob = await filmElement(element, Number(length), running.current.signal, setDone);
    if (!wasPlaying) driver.pause();
    setDone(undefined);
    if (!blob) return;
    const name = fileName(scene, 'loop', atNs, 'webm');
    saveBlob(blob, name);
    say(`Saved as ${name}.`);
  };
  if (!loopKind()) return <Row title="Loop" says="This browser cannot record video." />;
  return (
    <Row title="Loop" says="both machines at work, as WebM">
      {done === undefined ? (
        <>
          <Pick label="Length of the loop" value={length} options={LENGTHS} onPick={setLength} />
          <button type="button" className="boxed" onClick={() => void film()}>
            Record
          </button>
        </>
      ) : (
        <>
          <progress value={done} aria-label="Recorded" />
          <button type="button" className="boxed" onClick={() => running.current?.abort()}>
            Cancel
          </button>
        </>
      )}
    </Row>
  );
}
