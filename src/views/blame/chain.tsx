import type { DiskShare, Stall, StallLink } from '../../abi/stall.ts';
import type { Ns } from '../../abi/units.ts';
import { useApp, useParts } from '../shared/app-context.ts';
import { seconds } from '../shared/format.ts';
import { headline, lasted, millis, shareText } from './text.ts';

/** Where the time of one stall went, link by link; every link is a way to its moment. */
export function Chain({ stall }: { readonly stall: Stall }) {
  const total = lasted(stall);
  return (
    <div className="chain">
      <h2>{headline(stall)}</h2>
      <ol>
        {stall.links.map((link) => (
          <Link key={`${link.what} ${link.atNs}`} link={link} share={link.ns / total} />
        ))}
      </ol>
      <p className="chain-sum">
        <span className="chain-ms">{millis(total)}</span> ms in all
      </p>
    </div>
  );
}

function Link({ link, share }: { readonly link: StallLink; readonly share: number }) {
  const pin = useApp((s) => s.pin);
  const { page } = link;
  return (
    <li>
      <p className="chain-link">
        <span className="chain-ms">{millis(link.ns)}</span>
        <span className="chain-bar" aria-hidden="true">
          {link.disk ? <DiskBar disk={link.disk} share={share} /> : <i style={{ width: `${share * 100}%` }} />}
        </span>
        <span>
          <Moment atNs={link.atNs} /> <b>{link.what}</b> {link.says}
          {page && (
            <button type="button" className="chain-page" onClick={() => pin({ kind: 'page', ...page })}>
              show the page
            </button>
          )}
        </span>
      </p>
      {(link.because.length > 0 || link.disk) && (
        <ul>
          {link.because.map(({ atNs, says }) => (
            <li key={`${atNs} ${says}`}>
              <Moment atNs={atNs} /> {says}
            </li>
          ))}
          {link.disk && <li>{shareText(link.disk)}</li>}
        </ul>
      )}
    </li>
  );
}

/** How the disk spent the wait: seek, rotation, transfer, the rest, in four greys. */
function DiskBar({ disk, share }: { readonly disk: DiskShare; readonly share: number }) {
  const { seekNs, rotateNs, transferNs, otherNs } = disk;
  const all = Math.max(1, seekNs + rotateNs + transferNs + otherNs);
  return [seekNs, rotateNs, transferNs, otherNs].map((ns, part) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the four parts never change places
    <i key={part} className={`chain-part chain-part-${part}`} style={{ width: `${(100 * share * ns) / all}%` }} />
  ));
}

function Moment({ atNs }: { readonly atNs: Ns }) {
  const { driver } = useParts();
  return (
    <button
      type="button"
      className="moment"
      aria-label={`Go to ${seconds(atNs)} s`}
      onClick={() => {
        driver.pause();
        driver.seek({ atNs });
      }}
    >
      {seconds(atNs)}
    </button>
  );
}
