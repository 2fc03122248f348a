import './export.css';
import { useParts } from '../../views/shared/app-context.ts';
import { saveScenario } from '../actions.ts';
import { useSession } from '../session-context.ts';
import { copyEmbed } from './copy-embed.ts';
import { LoopRow } from './loop-row.tsx';
import { PictureRow } from './picture-row.tsx';
import { Row } from './row.tsx';
import { RunRows } from './run-rows.tsx';

/** What is on the screen as files: a picture, a loop, the run itself, what happened in it; and the page in a frame of another page. */
export default function ExportPanel() {
  const parts = useParts();
  const session = useSession();
  return (
    <div className="export">
      <PictureRow />
      <LoopRow />
      <RunRows />
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
