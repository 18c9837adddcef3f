/** The correction covers the review: the browser's Back uncovers it, as a person expects. */
const COVER = 'efface-correct';

export function cover(): void {
  if (history.state !== COVER) history.pushState(COVER, '');
}

export function uncover(): void {
  if (history.state === COVER) history.back();
}

/** Whether Back led from the correction to what it covers, and not to another page or from one. */
export function isUncovered({ state }: PopStateEvent): boolean {
  return state !== COVER && /^(#\/?)?$/.test(location.hash);
}
