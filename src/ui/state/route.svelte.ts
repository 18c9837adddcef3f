/** Which page is shown beside the work: the address after `#`, so that links and Back work. */
export type Page = 'work' | 'learn' | 'privacy';

export class Route {
  page = $state<Page>('work');

  constructor(hash: string) {
    this.follow(hash);
  }

  follow(hash: string): void {
    const name = hash.replace(/^#\/?/, '');
    this.page = name === 'learn' || name === 'privacy' ? name : 'work';
  }
}
