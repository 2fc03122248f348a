/** A part of the page that can be had as a file. */
export interface Picture {
  /** Part of the file's name. */
  readonly id: string;
  readonly label: string;
  readonly element: HTMLElement;
}

/** What is on the screen now, from the whole to its parts. */
export function picturesOnScreen(): readonly Picture[] {
  const all = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];
  const candidates: readonly { readonly element: HTMLElement; readonly label?: string }[] = [
    ...all('.lanes').map((element) => ({ element, label: 'Both machines' })),
    ...all('.lane').map((element) => ({ element })),
    ...all('.dock').flatMap((dock) => {
      const element = dock.querySelector<HTMLElement>('.dock-body');
      return element ? [{ element, label: dock.getAttribute('aria-label') ?? 'Dock' }] : [];
    }),
    ...all('.numbers').map((element) => ({ element })),
    ...all('.scrubber').map((element) => ({ element, label: 'Time line' })),
    ...all('.lane .view[aria-label]').map((element) => ({ element })),
  ];
  return candidates.flatMap(({ element, label = element.getAttribute('aria-label') ?? '' }) =>
    element.checkVisibility() && element.clientWidth > 0 ? [{ id: slug(label), label, element }] : [],
  );
}

export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** reclaimscope-seeky-vs-range-disk-of-a-14.000s.png */
export const fileName = (scene: string, picture: string, atNs: number, extension: string): string =>
  `reclaimscope-${slug(scene)}-${picture}-${(atNs / 1e9).toFixed(3)}s.${extension}`;

export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // At once would be before the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
