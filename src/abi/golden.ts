/**
 * What each scene's machines come to after `untilS` seconds, as a hash: the same in Node, Chromium and Firefox (decision 3).
 * A change here is a change of the model's behaviour and wants its reason. Renewed by
 * `RENEW_GOLDEN=1 npx vitest run src/engine/golden.test.ts`; looked at with
 * `npm run -s sim -- <scene> --until <untilS> --format json`.
 */
export interface Golden {
  readonly untilS: number;
  readonly A: string;
  readonly B: string;
}

export const GOLDEN: Readonly<Record<string, Golden>> = {
  'seeky-vs-range': { untilS: 10, A: '41b0dc7f5f9dfd68', B: 'cd25c035af85cd4d' },
  'dd-stream': { untilS: 5, A: 'cb9f2d63eb118af2', B: '65bdb580af0d1b3a' },
  reader: { untilS: 33, A: 'ae578d2ee42aecbc', B: '33183dfec7b5c09f' },
  'memcg-dd': { untilS: 3, A: '722782b8357a3478', B: '05313f2afcc95458' },
  'lock-cycle': { untilS: 5, A: 'bb97204169ce8faf', B: 'c9283c584ba23ab4' },
  recorded: { untilS: 10, A: 'bb4d6d5a55452881', B: 'f68c2dac53742a64' },
};
