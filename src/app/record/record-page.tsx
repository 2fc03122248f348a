import './record.css';
import { useState } from 'react';
import { CopyButton } from '../../views/shared/copy-button.tsx';
import { EVENT_GROUPS, NEW_EVENTS, OLD_NAMES, recipes } from './commands.ts';

/** How to record a trace on one's own machine, and how to read it here. */
export default function RecordPage() {
  const [withPages, setWithPages] = useState(false);
  return (
    <div className="record">
      <p>
        Any Linux since 2.6.36 can tell what its reclaim does. Record it as root, copy the three texts to where this
        page is open, and drop the three files together: the trace plays as machine A, and the simulated kernel goes on
        beside it as B.
      </p>
      <label className="record-pages">
        <input type="checkbox" checked={withPages} onChange={(event) => setWithPages(event.target.checked)} />
        Commands with the page events: about 1 000 lines for each 4 MB that are read or written
      </label>
      {recipes(withPages).map(({ id, title, says, text }) => (
        <section key={id} aria-label={title}>
          <div className="record-head">
            <h3>{title}</h3>
            <CopyButton label="Copy" text={() => text} />
          </div>
          <p>{says}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to get in */}
          <pre tabIndex={0}>{text}</pre>
        </section>
      ))}
      <h3>What each event tells</h3>
      <Events />
      <Notes />
    </div>
  );
}

function Events() {
  return (
    <dl className="record-groups">
      {EVENT_GROUPS.map(({ title, gives, events, perPage }) => (
        <div key={title}>
          <dt>
            {title}
            {perPage && ' (one line per page)'}
          </dt>
          <dd>
            <p>Shows {gives}.</p>
            <p className="record-names">
              {events.map((name) => (
                <code key={name}>{name}</code>
              ))}
            </p>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Notes() {
  return (
    <>
      <h3>Sizes, names, privacy</h3>
      <ul>
        <li>
          A line has about 170 bytes; reclaim under pressure prints 1 000 to 20 000 lines a second. Files packed with
          gzip open too.
        </li>
        <li>
          Kernels up to 5.17 say {Object.values(OLD_NAMES).map(eventOf).join(' and ')} for{' '}
          {Object.keys(OLD_NAMES).map(eventOf).join(' and ')}; {NEW_EVENTS.map(eventOf).join(', ')} came with 5.16. Both
          wordings are read.
        </li>
        <li>
          The text holds names of programs and numbers of inodes, no file names and no data. Nothing leaves this page.
        </li>
      </ul>
      <h3>How to read it here</h3>
      <ul>
        <li>
          “The trace” below the machines: what was read and what was left out, sums, and the table of
          trace-vmscan-postprocess.pl.
        </li>
        <li>
          A part that the events do not tell says which events would. Hatched bands are lost events: a larger buffer
          avoids them.
        </li>
        <li>
          Drop the three files together, the trace and vmstat of before and after: “The trace” then sets its sums beside
          the kernel’s own counters. pgscan, pgsteal and allocstall agree where nothing was lost. memory.stat of a
          cgroup, before and after, may come along.
        </li>
        <li>With page events “Run its workload” plays the same accesses on the simulated kernels.</li>
      </ul>
    </>
  );
}

const eventOf = (name: string): string => name.slice(name.indexOf(':') + 1);
