import type { ScanSummary } from '../../core/scan.ts';
import type { HeaderChange, ScanResult, Thumbnail } from '../../../workers/api.ts';
import type { Problem } from './problem.ts';
import { needsLook, riskOf } from './risk.ts';

export type ScanStatus =
  'waiting' | 'running' | 'done' | 'approved' | 'rejected' | 'refused' | 'failed';

/** One series on its way through the page. */
export class ScanItem {
  readonly scan: ScanSummary;
  included = $state(true);
  status = $state<ScanStatus>('waiting');
  thumbnail = $state.raw<Thumbnail | null>(null);
  result = $state.raw<ScanResult | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** What a reload left of a decision: it holds, or was about another result. */
  earlier = $state.raw<'holds' | 'void' | null>(null);
  headerChanges = $state.raw<readonly HeaderChange[] | null>(null);
  /** Whether corrections by hand wait that are in no result. */
  hasStrokes = $state(false);

  /** Whether there is something to look at and decide on. */
  readonly isReviewable = $derived(
    this.status === 'done' || this.status === 'approved' || this.status === 'rejected',
  );

  readonly risk = $derived(this.result ? riskOf(this.result) : 0);
  /** Whether a person should look closely at the result. */
  readonly needsLook = $derived(this.result !== null && needsLook(this.result));

  constructor(scan: ScanSummary) {
    this.scan = scan;
  }

  finish(result: ScanResult): void {
    this.result = result;
    this.thumbnail ??= result.thumbnail ?? null;
    this.headerChanges = null;
    const { decision, decided = null } = result;
    const isThere = decision === 'deface' || decision === 'review';
    const holds = isThere && (decided === 'approved' || decided === 'rejected');
    this.earlier = holds ? 'holds' : decided && 'void';
    this.status = holds ? decided : isThere ? 'done' : 'refused';
    if (isThere) this.hasStrokes = false;
  }

  fail(problem: Problem): void {
    this.problem = problem;
    this.status = 'failed';
  }

  /** Forgets a result: the options changed, or the worker that held it was stopped. */
  reset(): void {
    // Made anew it is refused again, and asks for its reason again.
    if (this.result?.corrections?.byHand) this.hasStrokes = true;
    this.status = 'waiting';
    this.result = null;
    this.problem = null;
    this.headerChanges = null;
    this.earlier = null;
  }
}
