import { expect, test } from 'vitest';
import type { Scenario } from '../abi/scenario.ts';
import { SCENES } from '../scenarios/registry.ts';
import { FASTEST } from '../store/pace.ts';
import { openFragment } from '../store/permalink.ts';

// Links as earlier versions of the program wrote them. They are kept for ever: no line of this file is changed, whatever
// changes in the program. A scene whose run changes stays known in its earlier form beside the new one.

const scene = (id: string): Scenario => SCENES.find((one) => one.id === id)!;
const opened = async (fragment: string) => {
  const link = await openFragment(fragment, SCENES);
  if (!link.ok) throw new Error(JSON.stringify(link.error));
  return link.value;
};

test('model 2: the first scene, in the middle of its run', async () => {
  const link = await opened(
    '#v1.eNqNjs8OgjAMxt-lZ0xAQGQ3jQdPvoDxMEb5E-dG6MSQZe9uR-LdHpq036_fVw8v26IGAXtIgBQaOY8WhIdGEvKaEJ_rbqHdLE2PzMT9VdIQT1TdFcdcVdhVOdYNq2qIGLFBSOAzusG-HYj7g6dJS8WOHk6xSXdjKivSXyWACxpHF2uYyosyPfDR-R-2TMssMEwTYsvglrWOpgfRSU3ICmpULoqcngCr218-hC_Yzk7N',
  );
  expect(link).toMatchObject({ scenario: scene('seeky-vs-range'), speed: 1, playing: false, selected: 'A' });
  expect(link.place.atNs).toBe(14e9);
});

test('model 2: another seed, as fast as it can, machine B', async () => {
  const link = await opened(
    '#v1.eNqNjj0OwjAMhe_iOUhVSDpkAzEwcQHEkCbuj5QmVR1AKOrdccoF8GDJ73v2c4E5eQxgQIIAchjtOiUwBTpLyLL3B8or2plxla6WRpb1UWEnG90r17deaaZutHFAqruE6MEouQl4T3lMzwzm_uBpCdbx1QKn2my-sV1L3fxKAL4wZrqkyKajalpeOf_pZCstey5TzvlMcQDT20DIBAO6XCHfE8B0_6ls2xdZvU5o',
  );
  expect(link).toMatchObject({ scenario: { ...scene('dd-stream'), seed: 42 }, speed: FASTEST, selected: 'B' });
  expect(link.place.atNs).toBe(5.25e9);
});

test('model 2: other kernels, knobs turned for both and for one', async () => {
  const link = await opened(
    '#v1.eNqFT8FOhDAQ_Zc5s2RLBXVvbjx48geMMUOZBSIUQgubDem_-0rE6MleOjPvzXtvVuqHSjo6UUYJOSOWp3ag00olO8G4l97Uh6oCGicv7BpMHy6GVVmqsjJ3ec4aqGnY1uLi6qdMVrqtfAJ5ydIi1QU459jptDhsqhQSau04ezDfVmL_ikLlx--XUM-maW1MUQ6-wf7I-CDRp-7K4wjMOYwX7maw9DEku0yW7Tq_Zc5_NKp28rePiT0O_hFReXhHrmvrm2H2CBa7sWMDbDtnd9B7TjjIIta75yGaaF08Kuzg1n-p95lSAVw3ilTw3pxura3pdOHOCRDpxPgIwjshoFuqNYQviD-F8Q',
  );
  expect(link.scenario).toEqual({
    ...scene('memcg-dd'),
    kernels: { A: 'v2.6.36', B: 'v3.6-memcg' },
    inputs: [
      { atNs: 1.5e9, machine: 'both', path: 'vm.swappiness', value: 30 },
      { atNs: 2.25e9, machine: 'B', path: 'vm.dirty_ratio', value: 15 },
    ],
  });
  expect(link.place.atNs).toBe(3e9);
});

test('model 2: knobs of boot, a slow speed, words of a layout that nobody knows', async () => {
  const link = await opened(
    '#v1.eNqFkMtuwyAQRf9l1q6FaR41u1ZddNV-QFVFGMYxMg8LSK3I8r9ncJR1WKBhzp25VyzggkYLAjhUkBR6GU0AsUAnE1I7GTdZfJmjydhJNZKqkC-ZBqJ73mvd4qHVbw0y1hFVg_RnTGXF6EO3FU6qwXisHboQrydnOhCvvII5xNEGqWutT5tDJHlzWKv76E9fht_pos5HqbVJY53UgPpiMVIAH8IE60p8NnkIlwzi949ek5WK4t-nQeZvWszZ41SA_-hz-gyeRJzvjvuHwxMpa45tcUsTogbBatZsZlfjzyB6aRMSRIsqF072FRDdgi1g0dNy6I3F8tuTNdRm9W5dbwH8fBU',
  );
  const plain = scene('simple-writeback');
  expect(link.scenario.knobs).toEqual({ ...plain.knobs, 'machine.memory_mib': 32 });
  expect(link).toMatchObject({ scenario: { knobsOf: { A: {}, B: { 'disk.scheduler': 'noop' } } }, speed: 0.01 });
  expect(link.layout).toMatchObject({ panels: {}, zoom: undefined, order: 'list' });
});

test('model 2: a recording, named by its hash', async () => {
  const link = await opened(
    '#v1.eNqFT70OgjAQfpebO1AUxW4aBydfwDic7SEk0BJaNYTw7t6Bux2afD_3fXcTdMFRCwZyUBAteRyaAGaCB0ZieiAbBkeOVWEuGGtmi0yXBSKW-221czmyamv0T4oyus40_inAYyc5XeNJMsYkHp1vtoWCek3LFrjblwd8WEcVzLOCT5Pq8EpgbndGfYuWYyY4yofpyiFF9nsK6E0-xXPgDqM1-0__bbm0xJ74NqOXhnFZucI2EivUkk0icqcCVpdtpnn-AtfZXmY',
  );
  expect(link.scenario).toMatchObject({
    id: 'recorded',
    recording: { name: 'mine', bytes: 12345, hash: '0123456789abcdef' },
  });
});

test('model 2: a scenario of its own, at the end of the seeds', async () => {
  const link = await opened(
    '#v1.eNqNUbFOwzAQ_ZXo5qRqQ1tINhBihIGBATFc3Qu16vgi20mFqv47zyUw4-XO7z3de2efqde9OGqpppKiEc_BKrVn6jT0nEAEMY5tH40OUv0pSpokRKue2lVJdg9hF7SvuOrZOtDJJidAn4AWXMzoiZM5AH3LtUgHKeKJhwUYrynL0R0leHExh7gHMtWL7eJmUwWTIz7kRJ2pphVdEFgEzuu6WTfb27rZlDT6ZN0rtdslzDQcnXLOxl59tRtDTNnA6y6Px4Br-9LNXhmBwfmCav0wJqjeP3AZHBuk-xERp2cQq-XvKUkm8Sk-qodoc9fMY_4hzDsM1yXwinD5sv6T2o5dlLydE5MyCd-SwOqIH0G8b5BGh3Q',
  );
  expect(link.scenario).toMatchObject({ id: 'from-a-mail', watch: 'Watch the swap.', seed: 2 ** 32 - 1 });
  expect(link.place.atNs).toBe(1e9);
});

test('model 2: the start of a run', async () => {
  const link = await opened(
    '#v1.eNp9zc0OgjAMB_B36XkmgoTgbhoPnnwB46GWDohzI3ZqyMK7W3gAL036__UjwzO27MFCCQaEOOBriGAz3FFYYx_psaGJPKsv2Rml15zqwtXbypXVbu8arlWpx9Cx6PJs4DukPr4T2OtNu9Ej6bUMh6VguujU1gB_OCQ5xaDW6NjxjyrLyNyCLdZ70xA6sA69sAp7prSgfjCguv7O8_wDKX5HgQ',
  );
  expect(link).toMatchObject({ scenario: scene('lock-cycle'), place: { atNs: 0 } });
});

test('model 2: a layout: views, order, zoom, markers, a pinned page', async () => {
  const link = await opened(
    '#v1.eNqNUEtOwzAQvQqaLSnKt6HegViw4gKIheNMEquuHcUmVRTl7jxHKrCsF5Zm3s9-K11cy4YE5ZSQV2zlpB2JlRrpGWvPfF4Osz9M0vYMTty_Sz9EiTp15XOhau7qgk8NUDVEmofBltBVh8F9BxKfX5hGIxUcV3qJlwwfYGVlejsJ8cw2-DdnwSrKKj1C9HoPt0qrbAPZj8wtifQp29MWbXsSnTSegbFhFSIMz4SA7i-DOYljXv0aNwjK_wW1Tp2hMa6HqpvchcSNHGE3tTwB77SJ5Yza2j1jlD2LQpRZVsdeUSJ-QE0ImAL6_YuAyaz5GuFHtSjDDwfD1tO2_QD6F3ea',
  );
  expect(link).toMatchObject({ scenario: scene('seeky-vs-range'), speed: 0.1, selected: 'B' });
  expect(link.layout).toMatchObject({
    panels: { cycle: 'open', lens: 'closed' },
    dock: 'log',
    order: 'file',
    seeks: 'btt',
    zoom: { fromNs: 5e9, toNs: 20e9 },
    markers: { a: 6.25e9, b: 12e9 },
    pinned: { kind: 'page', space: 3, index: 4117 },
  });
});
