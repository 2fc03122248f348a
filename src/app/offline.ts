import type { AppStore } from '../store/app-store.ts';

/** Keeps the page for when there is no network, and offers a newer version when one has come. A frame of another page is not kept. */
export async function keepForOffline(store: AppStore): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator) || store.getState().mode === 'embed') return;
  try {
    const registration = await navigator.serviceWorker.register('./sw.js');
    const offer = () => {
      // Without a controller it is the first version that waits: nothing to change to.
      if (registration.waiting && navigator.serviceWorker.controller)
        store.getState().say('A new version is ready.', 'reload');
    };
    offer();
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer));
  } catch {
    // A host without https, or a browser that keeps nothing: the page works all the same while there is a network.
  }
}

/** The waiting version takes over; the address brings the same place back. */
export async function changeVersion(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  registration?.waiting?.postMessage({ type: 'SKIP_WAITING' });
}
