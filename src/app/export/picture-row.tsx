import { useState } from 'react';
import { useApp } from '../../views/shared/app-context.ts';
import { Pick } from '../pick.tsx';
import { fileName, picturesOnScreen, saveBlob } from './pictures.ts';
import { toPng, toSvg } from './render.ts';
import { Row } from './row.tsx';
import { useMoment } from './use-moment.ts';

export function PictureRow() {
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
