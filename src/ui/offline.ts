/** Registers the service worker that lets the page work with the network off. */
/**
 * @param mayReload whether nothing would be lost by going over to a newer version now
 */
export async function workOffline(mayReload: () => boolean): Promise<void> {
  const { serviceWorker } = navigator as Partial<Navigator>;
  if (!serviceWorker || !import.meta.env.PROD) return;
  try {
    const hadOne = serviceWorker.controller !== null;
    const registration = await serviceWorker.register('./service-worker.js');
    const renew = (): void => {
      if (hadOne && mayReload()) registration.waiting?.postMessage('activate');
    };
    serviceWorker.addEventListener('controllerchange', () => {
      if (hadOne && mayReload()) location.reload();
    });
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', renew);
    });
    renew();
  } catch {
    // Storage may be forbidden here; the page then needs its server, and nothing else changes.
  }
}
