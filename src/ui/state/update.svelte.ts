/** Whether a newer version of the page lies ready, and how to go over to it. */
export class Update {
  go = $state.raw<(() => void) | null>(null);
}
