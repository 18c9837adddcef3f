/**
 * Registers the service worker that lets the page work with the network off, and tells when a
 * newer version lies ready: it takes over at once where nothing would be lost, else when the
 * person says so, or when the last tab of the page was closed.
 */

/**
 * @param mayReload whether nothing would be lost by going over to a newer version now
 * @param onReady called with what goes over to it, where something would be lost
 */
export async function workOffline(
  mayReload: () => boolean,
  onReady: (update: () => void) => void,
): Promise<void> {
  const { serviceWorker } = navigator as Partial<Navigator>;
  if (!serviceWorker || !import.meta.env.PROD) return;
  try {
    const hadOne = serviceWorker.controller !== null;
    let isAsked = false;
    const registration = await serviceWorker.register('./service-worker.js');
    const renew = (): void => {
      const { waiting } = registration;
      if (!hadOne || !waiting) return;
      const update = (): void => {
        isAsked = true;
        waiting.postMessage('activate');
      };
      if (mayReload()) update();
      else onReady(update);
    };
    serviceWorker.addEventListener('controllerchange', () => {
      // Another tab may have gone over: this one is told, and loses nothing.
      if (hadOne && (isAsked || mayReload())) location.reload();
    });
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', renew);
    });
    renew();
  } catch {
    // Storage may be forbidden here; the page then needs its server, and nothing else changes.
  }
}
