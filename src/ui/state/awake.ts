/** A run of hours needs a machine that does not fall asleep. */

/**
 * Asks the browser to keep the machine awake, again whenever the tab comes back into view (it
 * lets go when it is hidden). Where it refuses or knows no such thing, nothing happens.
 *
 * @returns lets it sleep again
 */
export function stayAwake(): () => void {
  let isOver = false;
  let held: WakeLockSentinel | null = null;
  const ask = async (): Promise<void> => {
    const { wakeLock } = navigator as Partial<Pick<Navigator, 'wakeLock'>>;
    if (!wakeLock || document.visibilityState !== 'visible') return;
    held = await wakeLock.request('screen').catch(() => null);
    // It was over before the browser answered.
    if (isOver) await held?.release();
  };
  const onView = (): void => void ask();
  document.addEventListener('visibilitychange', onView);
  void ask();
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', onView);
    void held?.release();
  };
}
