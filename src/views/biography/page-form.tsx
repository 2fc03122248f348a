import { type FormEvent, useState } from 'react';
import type { FileFrame, MachineFrame } from '../../abi/frame.ts';
import type { PageName } from '../../abi/page-life.ts';
import { useTwin } from '../shared/app-context.ts';
import { group } from '../shared/format.ts';

/** A page by its name, for the keyboard: which file, which page of it. */
export function PageForm({ onPage }: { readonly onPage: (page: PageName) => void }) {
  const twin = useTwin(1000);
  const [space, setSpace] = useState(-1);
  const [index, setIndex] = useState(0);
  // A trace does not tell where files lie: then those of the other machine.
  const [files = []] = twin ? [filesOf(twin.A), filesOf(twin.B)].filter((own) => own.length > 0) : [];
  const file = files.find((one) => one.space === space) ?? files[0];
  if (!twin || !file) return null;
  const pages = pagesOf(file, twin.A.memory.pageBytes);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onPage({ space: file.space, index: Math.min(index, pages - 1) });
  };
  return (
    <form className="page-form" onSubmit={submit}>
      <select className="boxed" aria-label="File" value={file.space} onChange={(e) => setSpace(Number(e.target.value))}>
        {files.map((one) => (
          <option key={one.space} value={one.space}>
            {one.name}
          </option>
        ))}
      </select>
      <input
        className="boxed"
        type="number"
        aria-label={`Page, 0 to ${group(pages - 1)}`}
        min={0}
        max={pages - 1}
        value={index}
        onChange={(e) => setIndex(Math.max(0, Math.floor(Number(e.target.value))))}
      />
      <button type="submit" className="boxed">
        Show
      </button>
    </form>
  );
}

const filesOf = ({ disk, moreDisks }: MachineFrame): readonly FileFrame[] =>
  [disk, ...moreDisks].flatMap(({ files }) => files.filter(({ space }) => space >= 0));

const pagesOf = ({ sectors }: FileFrame, pageBytes: number): number => (sectors * 512) / pageBytes;
