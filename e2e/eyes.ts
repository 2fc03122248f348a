import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What is against the rules of accessibility, in the whole page or below one selector: rule and elements. */
export async function violations(page: Page, within?: string): Promise<string[]> {
  // Only what fails is gathered, and in the page itself: a pass is not told element by element.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'], preload: false });
  const found = await (within === undefined ? axe : axe.include(within)).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`);
}

/**
 * What a look at the page would find wrong with its words: letters below `leastPx`, words that a box cuts off, words that
 * lie on others, a page wider than the screen. Words that a dialog covers or that wait in a scrolled part are not seen.
 */
export const blemishes = (page: Page, leastPx: number): Promise<string[]> =>
  page.evaluate((least) => {
    interface Seen {
      readonly words: string;
      readonly owner: Element;
      readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
    }
    const found = new Set<string>();
    const nameOf = (element: Element) =>
      `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> in ${element.parentElement?.className}`;

    /** What the boxes around some words leave of them; a box that neither shows nor scrolls to the rest is reported. */
    function shownPart(owner: Element, rect: DOMRect, words: string): Seen['box'] {
      let { left, top, right, bottom } = rect;
      for (let up: Element | null = owner; up; up = up.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(up);
        if ((overflowX === 'visible' && overflowY === 'visible') || up instanceof SVGElement) continue;
        const by = up.getBoundingClientRect();
        const isCut = (how: string, over: number) =>
          /hidden|clip/.test(how) && over > 2 && right > left && bottom > top;
        if (
          isCut(overflowX, Math.max(by.left - left, right - by.right)) ||
          isCut(overflowY, Math.max(by.top - top, bottom - by.bottom))
        )
          found.add(`cut off: "${words}" by ${nameOf(up)}`);
        [left, top] = [Math.max(left, by.left), Math.max(top, by.top)];
        [right, bottom] = [Math.min(right, by.right), Math.min(bottom, by.bottom)];
      }
      return { left, top, right, bottom };
    }
    function isOnTop(owner: Element, { left, top, right, bottom }: Seen['box']): boolean {
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return hit !== null && (owner.contains(hit) || hit.contains(owner));
    }
    const seen: Seen[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const owner = node.parentElement!;
      const words = node.textContent!.trim();
      if (
        words === '' ||
        !owner.checkVisibility({ visibilityProperty: true }) ||
        owner.closest('.spoken, .lane-head h2')
      )
        continue;
      if (Number.parseFloat(getComputedStyle(owner).fontSize) < least)
        found.add(`small: "${words}" ${getComputedStyle(owner).fontSize} ${nameOf(owner)}`);
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        const box = shownPart(owner, rect, words);
        if (box.right - box.left < 2 || box.bottom - box.top < 2 || !isOnTop(owner, box)) continue;
        seen.push({ words, owner, box });
      }
    }
    seen.forEach((one, at) => {
      for (const other of seen.slice(at + 1)) {
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        // Line boxes are higher than letters: those of two lines may touch.
        if (wide > 2 && high > 5 && one.owner !== other.owner)
          found.add(`on each other: "${one.words}" and "${other.words}"`);
      }
    });
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.add(`the page is ${scrollWidth} px wide on ${clientWidth}`);
    return [...found];
  }, leastPx);
/** What a thumb has to hit and is smaller than `leastPx` either way. */
export const smallTargets = (page: Page, leastPx: number): Promise<string[]> =>
  page.evaluate((least) => {
    const all = document.querySelectorAll(
      'button, a[href], select, input:not([type="file"], [aria-hidden="true"]), summary, [role="option"]',
    );
    return [...all].flatMap((target) => {
      if (!target.checkVisibility({ visibilityProperty: true }) || target.closest('.spoken, [inert]')) return [];
      // A box around a field or a label is hit like the field itself.
      const box = (target.closest('label, .knob-box, .value-field, .speed-control') ?? target).getBoundingClientRect();
      if (box.width === 0 || (box.width >= least - 0.5 && box.height >= least - 0.5)) return [];
      return [
        `${target.getAttribute('aria-label') ?? target.textContent?.trim()} ${box.width.toFixed(0)} x ${box.height.toFixed(0)}`,
      ];
    });
  }, leastPx);
