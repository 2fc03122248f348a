import type { Session } from '../../store/session.ts';
import type { Parts } from '../../views/shared/app-context.ts';

/** An <iframe> for somebody else's page, at this place. */
export async function copyEmbed({ store }: Parts, session: Session): Promise<void> {
  const link = await session.link();
  if (!link) return;
  const url = new URL(link);
  url.searchParams.set('embed', '');
  const title = store.getState().scenario?.title.replace(/["&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  const code = `<iframe src="${url.href.replace('embed=', 'embed')}" width="640" height="360" title="Reclaimscope: ${title}"></iframe>`;
  try {
    await navigator.clipboard.writeText(code);
    store.getState().say('Embed code copied: paste it into the HTML of your page.');
  } catch {
    store.getState().say('The browser does not let this page write to the clipboard.');
  }
}
