import './pfn.css';
import { useCallback } from 'react';
import type { MachineFrame } from '../../abi/frame.ts';
import { type MapFrame, MIGRATE_TYPES } from '../../abi/look.ts';
import { useReading, useTwin } from '../shared/app-context.ts';
import { layerOf } from '../shared/cell-layers.ts';
import { group } from '../shared/format.ts';
import { Inspectable, type Marks, type Pick, type Walk } from '../shared/inspectable.tsx';
import type { LaneProps } from '../shared/lane-props.ts';
import { Spoken } from '../shared/spoken.tsx';
import { TableButton } from '../shared/table-button.tsx';
import { TermButton } from '../shared/term-button.tsx';
import { type CssSize, type Draw, type Inputs, useCanvas } from '../shared/use-canvas.ts';
import { candidatesOf, freePages } from './blocks.ts';
import { drawBlocks, drawBuddy, markBand } from './draw.ts';
import { type Band, bandsOf } from './layout.ts';
import { frameAt } from './pick.ts';
import { candidateWords, hugeWords, mapText } from './text.ts';

/** Physical memory by frame number, as the buddy allocator has it: what is free, in which blocks, and what could be huge. */
export default function PfnView({ machine }: LaneProps) {
  const map = useTwin()?.[machine].map;
  return (
    <section className="view pfn" aria-label={`Physical memory of ${machine}`}>
      <h3>
        Physical memory <span>by pfn</span>
        <TableButton view="pfn" machine={machine} />
        {map && (
          <small>
            <TermButton of="pfn:types">pageblocks of {group(2 ** map.pageblockOrder)} pages</TermButton>
          </small>
        )}
      </h3>
      <Pages machine={machine} />
      {map && <HugeLine map={map} />}
      <p className="pfn-line pfn-keys">
        <span>
          <i className="key-free-block" aria-hidden="true" />
          free block, its order
        </span>
        <TermButton of="pfn:held">
          <i className="key-held" aria-hidden="true" />
          kernel’s or huge
        </TermButton>
        <span>
          <i className="key-candidate" aria-hidden="true" />
          free part of a candidate, pages it lacks
        </span>
        {MIGRATE_TYPES.map((name) => (
          <span key={name}>
            <i className={`key-type key-type-${name}`} aria-hidden="true" />
            {name}
          </span>
        ))}
      </p>
      {map && (
        <p className="pfn-line">
          <TermButton of="pfn:nr_free">free blocks by order</TermButton>
          <span>{group(freePages(map.freeBlocks))} pages free</span>
        </p>
      )}
      <Buddy machine={machine} />
      <Spoken text={() => (map ? mapText(map) : '')} />
    </section>
  );
}

function HugeLine({ map }: { readonly map: MapFrame }) {
  const { least } = candidatesOf(map);
  return (
    <p className="pfn-line">
      <span>
        could be huge: <TermButton of="pfn:candidates">{candidateWords(map)}</TermButton>
        {least !== undefined && (
          <>
            , the nearest <TermButton of="pfn:lacks">lacks {group(least)}</TermButton>
          </>
        )}
      </span>
      <TermButton of="huge_pages_held">{hugeWords(map)}</TermButton>
    </p>
  );
}

const bandsIn = ({ map }: MachineFrame, size: CssSize): readonly Band[] =>
  map ? bandsOf(map, size, window.devicePixelRatio) : [];

const pick: Pick = (x, y, size, frame) => {
  const at = frameAt(x, y, bandsIn(frame, size));
  return at === undefined ? undefined : { in: 'map', at };
};
const marks: Marks = (ctx, size, frame, lit, palette) => {
  for (const band of bandsIn(frame, size)) markBand(ctx, band, lit, palette);
};
const walk: Walk = {
  label: 'physical memory by frame number',
  count: ({ map }) => map?.cells.length ?? 0,
  at: (step) => ({ in: 'map', at: step }),
};

/** From here on pages need a taller picture to be told apart. */
const LARGE_PAGES = 32_768;

function Pages({ machine }: LaneProps) {
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette }) => {
      const { map } = twin[machine];
      if (!map) return;
      for (const [place, band] of bandsIn(twin[machine], size).entries()) {
        const cells = map.cells.subarray(band.from, band.from + band.pages);
        layerOf(ctx, place, 'free').paint(ctx, 0, band.top, band.size, cells, band.grid, palette);
        drawBlocks(ctx, map, band, palette);
      }
    },
    [machine],
  );
  const inputs = useCallback<Inputs>(({ twin }) => [twin[machine].map], [machine]);
  const isLarge = useReading((twin) => (twin?.[machine].memory.totalPages ?? 0) > LARGE_PAGES);
  return (
    <Inspectable
      machine={machine}
      className={`pfn-picture ${isLarge ? 'large' : ''}`}
      pick={pick}
      marks={marks}
      walk={walk}
    >
      <canvas ref={useCanvas(draw, inputs)} data-testid={`pfn-${machine}`} />
    </Inspectable>
  );
}

function Buddy({ machine }: LaneProps) {
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette }) => drawBuddy(ctx, size, twin[machine].map?.freeBlocks ?? [], palette),
    [machine],
  );
  const inputs = useCallback<Inputs>(({ twin }) => [twin[machine].map?.freeBlocks], [machine]);
  return (
    <div className="pfn-buddy">
      <canvas ref={useCanvas(draw, inputs)} />
    </div>
  );
}
